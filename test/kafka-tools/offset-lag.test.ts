import { describe, expect, test } from '@jest/globals';
import { lagOf, totalLag, type OffsetLag } from '../../kafka-tools/offset-lag.ts';

function aLag(lag: number): OffsetLag {
  return { kind: 'known', lag, expired: 0, committed: 0, start: 0, end: lag };
}

describe('the lag of a partition', () => {
  test.each([
    { story: 'is what is left to read', committed: 10, start: 0, end: 15, lag: 5 },
    { story: 'is zero at the end', committed: 15, start: 0, end: 15, lag: 0 },
    { story: 'is zero in an empty partition', committed: undefined, start: 0, end: 0, lag: 0 },
    {
      story: 'is every record for a group that never committed',
      committed: undefined,
      start: 10,
      end: 30,
      lag: 20,
    },
    { story: 'counts a commit of offset zero as a commit', committed: 0, start: 0, end: 30, lag: 30 },
    {
      story: 'counts records that retention has deleted apart',
      committed: 5,
      start: 10,
      end: 30,
      lag: 20,
      expired: 5,
    },
    { story: 'is zero for a commit ahead of an end read earlier', committed: 31, start: 0, end: 30, lag: 0 },
  ])('$story', ({ committed, start, end, lag, expired = 0 }) => {
    const offsetLag = lagOf(committed, { start, end });

    expect(offsetLag).toEqual({ kind: 'known', lag, expired, committed, start, end });
  });
});

describe('the lag of a group', () => {
  test.each([
    { story: 'is zero without partitions', lags: [], total: { kind: 'known', lag: 0 } },
    {
      story: 'is the sum of its partitions',
      lags: [aLag(3), aLag(0), aLag(4)],
      total: { kind: 'known', lag: 7 },
    },
    {
      story: 'is unknown as soon as one is, with what is known and each reason once',
      lags: [
        aLag(3),
        { kind: 'unknown', reason: 'topic-gone' } as const,
        { kind: 'unknown', reason: 'commits-unavailable' } as const,
        { kind: 'unknown', reason: 'topic-gone' } as const,
      ],
      total: { kind: 'unknown', atLeast: 3, reasons: ['commits-unavailable', 'topic-gone'] },
    },
  ])('$story', ({ lags, total }) => {
    const sum = totalLag(lags);

    expect(sum).toEqual(total);
  });
});
