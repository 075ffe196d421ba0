import { expect, test } from '@jest/globals';
import type { GroupMetrics } from '../../../functions/sampler/group-metrics.ts';
import type { GroupReading, PartitionReading } from '../../../functions/sampler/reading.ts';
import { takeSamples } from '../../../functions/sampler/take-samples.ts';

const NOW = 1_000_000;

function aGroup(...partitions: readonly Partial<PartitionReading>[]): GroupReading {
  return { groupId: 'billing-group', complete: true, partitions: partitions.map(aPartition) };
}

function aPartition(overrides: Partial<PartitionReading>, partition: number): PartitionReading {
  return { partition, start: 0, end: 10, committed: 10, ...overrides };
}

function aWorld(written: (partition: number, offset: number) => Promise<number | undefined>) {
  const published: GroupMetrics[] = [];
  const warnings: string[] = [];
  const world = { group: aGroup({}), published, warnings };
  const sample = takeSamples(
    {
      readBrokers: async () => ({ groups: [world.group], intruders: new Map([['billing-group', 2]]) }),
      writtenAt: written,
      publish: (_group, metrics) => published.push(metrics),
      now: () => NOW,
      warn: (message) => warnings.push(message),
    },
    1,
  );
  return { ...world, sample, see: (group: GroupReading) => (world.group = group) };
}

test('a sample has the age of the oldest waiting record of any partition', async () => {
  const world = aWorld(async (partition, offset) => NOW - (partition + 1) * 1_000 - offset);
  world.see(aGroup({ committed: 5 }, { committed: 7 }, {}));

  const groups = await world.sample();

  expect(groups).toBe(1);
  expect(world.published).toEqual([
    expect.objectContaining({ OldestRecordAge: 2.007, Intruders: 2, TrueLag: 8 }),
  ]);
});

test('the second sample has the progress since the first', async () => {
  const world = aWorld(async () => NOW);
  world.see(aGroup({ committed: 5 }));
  await world.sample();

  await world.sample();

  expect(world.published.map(({ StalledPartitions }) => StalledPartitions)).toEqual([undefined, 1]);
});

test('an age that cannot be read is absent and told, and the rest is published', async () => {
  const world = aWorld(() => Promise.reject(new Error('no leader')));
  world.see(aGroup({ committed: 5 }));

  await world.sample();

  expect(world.published).toEqual([{ TrueLag: 5, RecordsEverWritten: 10, Intruders: 2 }]);
  expect(world.warnings).toEqual(['The age of the oldest record of billing-group could not be read']);
});
