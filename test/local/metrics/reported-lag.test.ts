import { expect, test } from '@jest/globals';
import type { PartitionOffsets } from '@order-events/kafka-tools';
import { reportedLag } from '../../../local/metrics/reported-lag.ts';

function partition(overrides: Partial<PartitionOffsets>): PartitionOffsets {
  return { partition: 0, start: 0, end: 10, committed: 10, ...overrides };
}

test('ESM-092 the lag is the latest offset minus the committed one, over all partitions', () => {
  const lag = reportedLag([partition({ committed: 7 }), partition({ committed: 3 })]);

  expect(lag).toStrictEqual({ maximum: 7, sum: 10 });
});

test('ESM-092 a partition without a commit has no lag, and without any commit there is no data', () => {
  const lags = [
    reportedLag([partition({ committed: undefined }), partition({ committed: 9 })]),
    reportedLag([partition({ committed: undefined })]),
  ];

  expect(lags).toStrictEqual([{ maximum: 1, sum: 1 }, 'unknown']);
});

test('a commit ahead of the end that was read before it is no lag', () => {
  const lag = reportedLag([partition({ committed: 11 })]);

  expect(lag).toStrictEqual({ maximum: 0, sum: 0 });
});

test('records that retention deleted before they were committed still count, as they do in the difference of offsets', () => {
  const lag = reportedLag([partition({ committed: 2, start: 9 })]);

  expect(lag).toStrictEqual({ maximum: 8, sum: 8 });
});
