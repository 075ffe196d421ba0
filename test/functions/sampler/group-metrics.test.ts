import { expect, test } from '@jest/globals';
import {
  groupMetrics,
  type GroupMetrics,
  type SampledGroup,
} from '../../../functions/sampler/group-metrics.ts';
import type { GroupReading, PartitionReading } from '../../../functions/sampler/reading.ts';

function aPartition(overrides: Partial<PartitionReading> = {}): PartitionReading {
  return { partition: 0, start: 0, end: 10, committed: 10, ...overrides };
}

function aReading(
  partitions: readonly PartitionReading[],
  overrides: Partial<GroupReading> = {},
): GroupReading {
  return { groupId: 'billing-group', complete: true, partitions, ...overrides };
}

function metricsOf(overrides: Partial<SampledGroup>): GroupMetrics {
  return groupMetrics({
    now: aReading([aPartition()]),
    before: undefined,
    oldestAgeSeconds: 0,
    intruders: 0,
    retentionHours: 1,
    ...overrides,
  });
}

test('the first sample has the state and no change', () => {
  const metrics = metricsOf({ now: aReading([aPartition({ committed: 4 })]), oldestAgeSeconds: 36 });

  expect(metrics).toEqual({
    TrueLag: 6,
    RecordsEverWritten: 10,
    OldestRecordAge: 36,
    RetentionUsed: 1,
    Intruders: 0,
  });
});

interface Change {
  readonly before: Partial<PartitionReading>;
  readonly now: Partial<PartitionReading>;
  readonly expected: Pick<GroupMetrics, 'StalledPartitions' | 'RewoundPartitions' | 'OffsetsAdvanced'>;
}

test.each<[string, Change]>([
  [
    'waiting records without a commit since are a stalled partition',
    {
      before: { committed: 4 },
      now: { committed: 4, end: 20 },
      expected: { StalledPartitions: 1, RewoundPartitions: 0, OffsetsAdvanced: 0 },
    },
  ],
  [
    'a record that came since the last sample has not had its time yet',
    {
      before: {},
      now: { end: 11 },
      expected: { StalledPartitions: 0, RewoundPartitions: 0, OffsetsAdvanced: 0 },
    },
  ],
  [
    'a commit is progress, whatever still waits',
    {
      before: { committed: 4 },
      now: { committed: 5, end: 99 },
      expected: { StalledPartitions: 0, RewoundPartitions: 0, OffsetsAdvanced: 1 },
    },
  ],
  [
    'a partition without a commit is stalled as long as its records wait',
    {
      before: { committed: undefined },
      now: { committed: undefined },
      expected: { StalledPartitions: 1, RewoundPartitions: 0, OffsetsAdvanced: 0 },
    },
  ],
  [
    'an offset that went back is a rewound partition',
    {
      before: { committed: 9 },
      now: { committed: 2 },
      expected: { StalledPartitions: 0, RewoundPartitions: 1, OffsetsAdvanced: 0 },
    },
  ],
  [
    'the first commit of a partition is no advance',
    {
      before: { committed: undefined, end: 0 },
      now: { committed: 10 },
      expected: { StalledPartitions: 0, RewoundPartitions: 0, OffsetsAdvanced: 0 },
    },
  ],
  [
    'retention that passes an idle group is no progress and no stall',
    {
      before: { start: 10 },
      now: { start: 10, committed: 10 },
      expected: { StalledPartitions: 0, RewoundPartitions: 0, OffsetsAdvanced: 0 },
    },
  ],
])('%s', (_title, { before, now, expected }) => {
  const metrics = metricsOf({ before: aReading([aPartition(before)]), now: aReading([aPartition(now)]) });

  expect(metrics).toMatchObject(expected);
});

test('what is not known is absent, never a number', () => {
  const metrics = metricsOf({
    now: aReading([], { complete: false }),
    before: aReading([aPartition()]),
    oldestAgeSeconds: undefined,
    intruders: undefined,
  });

  expect(metrics).toEqual({});
});
