import { expect, test } from '@jest/globals';
import {
  backlog,
  offsetLag,
  type PartitionOffsets,
} from '../../../../local/event-source-mapping/scaling/partition-offsets.ts';

function partition(overrides: Partial<PartitionOffsets>): PartitionOffsets {
  return { partition: 0, logStart: 0, end: 10, committed: 10, ...overrides };
}

test('ESM-092 the lag is the latest offset minus the committed one, over all partitions', () => {
  const lag = offsetLag([partition({ committed: 7 }), partition({ committed: 3 })]);

  expect(lag).toStrictEqual({ maximum: 7, sum: 10 });
});

test('ESM-092 a partition without a commit has no lag, and without any commit there is no data', () => {
  const lags = [
    offsetLag([partition({ committed: null }), partition({ committed: 9 })]),
    offsetLag([partition({ committed: null })]),
  ];

  expect(lags).toStrictEqual([{ maximum: 1, sum: 1 }, 'unknown']);
});

test('a commit ahead of the end that was read before it is no lag', () => {
  const lag = offsetLag([partition({ committed: 11 })]);

  expect(lag).toStrictEqual({ maximum: 0, sum: 0 });
});

test('the backlog counts what the log still holds, also without a commit', () => {
  const waiting = backlog([
    partition({ committed: 4 }),
    partition({ committed: null, logStart: 8 }),
    partition({ committed: 2, logStart: 9 }),
  ]);

  expect(waiting).toBe(6 + 2 + 1);
});
