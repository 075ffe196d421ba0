import { describe, expect, test } from '@jest/globals';
import {
  letterTimeLeft,
  recordTimeLeft,
  soonest,
  topicRetention,
  type PartitionLog,
  type TimeLeft,
} from '@order-events/kafka-tools';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

describe('the retention of a topic', () => {
  test.each([
    [
      'a week and any size',
      { 'retention.ms': '604800000', 'retention.bytes': '-1' },
      { ms: 604_800_000, bytes: undefined },
    ],
    ['for ever', { 'retention.ms': '-1', 'retention.bytes': '-1' }, { ms: undefined, bytes: undefined }],
    ['a limit of bytes', { 'retention.ms': '1000', 'retention.bytes': '5000' }, { ms: 1_000, bytes: 5_000 }],
    ['bytes that nobody names', { 'retention.ms': '1000' }, { ms: 1_000, bytes: undefined }],
    ['no time that is known', { 'retention.bytes': '5000' }, undefined],
    ['a time that is no number', { 'retention.ms': 'a week' }, undefined],
  ])('is read from its settings: %s', (_story, settings, retention) => {
    expect(topicRetention(settings)).toEqual(retention);
  });
});

describe('the time that a record has left', () => {
  test('is its own time plus the retention, to the millisecond', () => {
    const retention = { ms: 168 * HOUR, bytes: undefined };
    const ages = [0, 168 * HOUR - 1, 168 * HOUR, 168 * HOUR + 1];

    const left = ages.map((age) =>
      recordTimeLeft({ offset: 5, timestamp: NOW - age }, retention, { now: NOW }),
    );

    expect(left).toEqual([168 * HOUR, 1, 0, -1].map((ms) => ({ kind: 'left', ms, because: 'retention.ms' })));
  });

  test('is unlimited when neither time nor size deletes it', () => {
    const retention = { ms: undefined, bytes: undefined };

    expect(recordTimeLeft({ offset: 5, timestamp: 0 }, retention, { now: NOW })).toEqual({ kind: 'forEver' });
  });

  test('is unknown when the size decides and is not known', () => {
    const retention = { ms: 168 * HOUR, bytes: 5_000 };

    expect(recordTimeLeft({ offset: 5, timestamp: NOW }, retention, { now: NOW })).toEqual({
      kind: 'unknown',
      reason: 'retention.bytes is set, and the size of the partition is not known',
    });
  });

  /** 1,000 bytes for 100 records, written in ten hours: 100 bytes an hour. */
  const log: PartitionLog = {
    bytes: 1_000,
    start: 0,
    end: 100,
    startTimestamp: NOW - 10 * HOUR,
    endTimestamp: NOW,
  };

  test.each([
    {
      story: 'the size has room for five hours',
      offset: 50,
      bytes: 1_000,
      left: { ms: 5 * HOUR, because: 'retention.bytes' },
    },
    {
      story: 'the time is shorter than the size',
      offset: 99,
      bytes: 100_000,
      left: { ms: 20 * HOUR, because: 'retention.ms' },
    },
    { story: 'the size is used up', offset: 0, bytes: 1_000, left: { ms: 0, because: 'retention.bytes' } },
    {
      story: 'the size is more than used up',
      offset: 0,
      bytes: 10,
      left: { ms: 0, because: 'retention.bytes' },
    },
  ])('is the shorter one of time and size: $story', ({ offset, bytes, left }) => {
    const retention = { ms: 20 * HOUR, bytes };

    expect(recordTimeLeft({ offset, timestamp: NOW }, retention, { now: NOW, log })).toEqual({
      kind: 'left',
      ...left,
    });
  });

  test('is never shorter for a younger record of a partition', () => {
    const retentions = [
      { ms: 20 * HOUR, bytes: 1_000 },
      { ms: undefined, bytes: 700 },
      { ms: 5 * HOUR, bytes: undefined },
    ];
    const ages = Array.from({ length: 100 }, (_, offset) => ({
      offset,
      timestamp: NOW - (100 - offset) * (HOUR / 10),
    }));

    const times = retentions.map((retention) =>
      ages.map((record) => {
        const left = recordTimeLeft(record, retention, { now: NOW, log });
        return left.kind === 'left' ? left.ms : Number.NaN;
      }),
    );

    expect(times).toEqual(times.map((ofRetention) => ofRetention.toSorted((a, b) => a - b)));
  });
});

describe('the time that a dead letter has left', () => {
  const sentAt = NOW - 100 * HOUR;
  const queueRetentionMs = 336 * HOUR;

  test.each<{ story: string; record: TimeLeft | undefined; left: TimeLeft }>([
    {
      story: 'a parked record is in the queue alone',
      record: undefined,
      left: { kind: 'left', ms: 236 * HOUR, because: 'queue' },
    },
    {
      story: 'a pointer ends with its record',
      record: { kind: 'left', ms: 30 * HOUR, because: 'retention.ms' },
      left: { kind: 'left', ms: 30 * HOUR, because: 'retention.ms' },
    },
    {
      story: 'the record of a pointer is gone',
      record: { kind: 'gone', records: 3 },
      left: { kind: 'gone', records: 3 },
    },
    {
      story: 'the topic keeps everything',
      record: { kind: 'forEver' },
      left: { kind: 'left', ms: 236 * HOUR, because: 'queue' },
    },
  ])('is the shorter one of queue and topic: $story', ({ record, left }) => {
    expect(letterTimeLeft({ sentAt, queueRetentionMs, record }, NOW)).toEqual(left);
  });
});

test('the most urgent of several times is a deleted record, then the shortest time, then an unknown one', () => {
  const nothing: TimeLeft = { kind: 'nothing' };
  const unknown: TimeLeft = { kind: 'unknown', reason: 'topic-gone' };
  const [long, short]: TimeLeft[] = [5, 2].map((ms) => ({ kind: 'left', ms, because: 'queue' }));
  const gone: TimeLeft = { kind: 'gone', records: 1 };

  const times = [
    [],
    [nothing],
    [nothing, unknown],
    [long, unknown, short].filter((one) => one !== undefined),
    [gone, unknown],
  ];

  expect(times.map(soonest)).toEqual([nothing, nothing, unknown, short, gone]);
});
