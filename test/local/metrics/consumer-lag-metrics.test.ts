import { expect, test } from '@jest/globals';
import type { PartitionOffsets } from '@order-events/kafka-tools';
import { consumerLagMetrics, type GroupMeasurement } from '../../../local/metrics/consumer-lag-metrics.ts';

function partition(overrides: Partial<PartitionOffsets> = {}): PartitionOffsets {
  return { partition: 0, start: 0, end: 10, committed: 7, ...overrides };
}

function aGroup(overrides: Partial<GroupMeasurement> = {}): GroupMeasurement {
  return {
    clusterName: 'demo',
    consumerGroupId: 'billing-group',
    topic: 'orders',
    groupState: 'Stable',
    partitions: [partition(), partition({ partition: 1, committed: 3 })],
    partitionsBefore: [],
    elapsedSeconds: 60,
    ...overrides,
  };
}

function namesAndValues(group: GroupMeasurement): [string, number][] {
  return consumerLagMetrics(group).map(({ name, value }) => [name, value]);
}

test.each([{ groupState: 'Stable' }, { groupState: 'Empty' }])(
  'ESM-093 a group that is $groupState has lag',
  (state) => {
    const metrics = consumerLagMetrics(aGroup(state));

    const dimensions = { 'Cluster Name': 'demo', 'Consumer Group': 'billing-group', Topic: 'orders' };
    expect(metrics).toStrictEqual([
      { namespace: 'AWS/Kafka', dimensions, unit: 'Count', name: 'MaxOffsetLag', value: 7 },
      { namespace: 'AWS/Kafka', dimensions, unit: 'Count', name: 'SumOffsetLag', value: 10 },
    ]);
  },
);

test('the lag on a cluster with Express brokers is by group and topic alone', () => {
  const [metric] = consumerLagMetrics(aGroup({ clusterName: undefined }));

  expect(metric?.dimensions).toStrictEqual({ 'Consumer Group': 'billing-group', Topic: 'orders' });
});

test.each<[string, Partial<GroupMeasurement>]>([
  ['that rebalances', { groupState: 'PreparingRebalance' }],
  ['without a commit', { partitions: [partition({ committed: undefined })] }],
  ['with a colon in its name', { consumerGroupId: 'a:b' }],
  ['whose name is not ASCII', { consumerGroupId: 'café' }],
])('ESM-093 a group %s has no data', (_, overrides) => {
  const metrics = consumerLagMetrics(aGroup(overrides));

  expect(metrics).toStrictEqual([]);
});

test('the time lag is how long the slowest partition takes at its pace', () => {
  const before = [partition({ committed: 1 }), partition({ partition: 1, committed: 0 })];

  const metrics = namesAndValues(aGroup({ partitionsBefore: before, elapsedSeconds: 2 }));

  // 3 records at 3 a second, and 7 at 1.5 a second.
  expect(metrics.at(-1)).toStrictEqual(['EstimatedMaxTimeLag', 7 / 1.5]);
});

test('no time lag can be told of a partition that lags and does not move', () => {
  const partitions = [partition()];

  const metrics = namesAndValues(aGroup({ partitions, partitionsBefore: partitions }));

  expect(metrics.map(([name]) => name)).toStrictEqual(['MaxOffsetLag', 'SumOffsetLag']);
});

test('a group without lag has no time lag', () => {
  const partitions = [partition({ committed: 10 })];

  const metrics = namesAndValues(aGroup({ partitions, partitionsBefore: partitions }));

  expect(metrics.at(-1)).toStrictEqual(['EstimatedMaxTimeLag', 0]);
});
