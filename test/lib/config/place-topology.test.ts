import { expect, test } from '@jest/globals';
import { dev } from '../../../lib/config/dev.ts';
import { placeTopology } from '../../../lib/config/place-topology.ts';
import type { ExistingClusterConfig } from '../../../lib/config/stage-config.ts';
import { topology } from '../../../lib/topology/topology.ts';

const existing: ExistingClusterConfig = {
  kind: 'existing',
  clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupId: 'sg-0123456789abcdef0',
  brokerType: 'standard',
  prefix: '',
  topic: undefined,
  replicationFactor: undefined,
};

const namesOn = (cluster: ExistingClusterConfig): readonly string[] => {
  const { topic, consumers } = placeTopology(topology, cluster);
  return [topic.name, ...consumers.map(({ consumerGroupId }) => consumerGroupId)];
};

test("the stage's own cluster uses every name unchanged", () => {
  expect(placeTopology(topology, dev.cluster)).toBe(topology);
});

test('an existing cluster without a prefix uses every name unchanged', () => {
  expect(placeTopology(topology, existing)).toEqual(topology);
});

test('two stages with prefixes of their own share neither the topic nor a group', () => {
  const names = ['dev-', 'prod-'].flatMap((prefix) => namesOn({ ...existing, prefix }));

  expect(names).toEqual([
    'dev-order-events',
    ...topology.consumers.map(({ consumerGroupId }) => `dev-${consumerGroupId}`),
    'prod-order-events',
    ...topology.consumers.map(({ consumerGroupId }) => `prod-${consumerGroupId}`),
  ]);
});

test('an existing topic keeps its name, while the groups get the prefix', () => {
  expect(namesOn({ ...existing, prefix: 'dev-', topic: 'orders' })).toEqual([
    'orders',
    ...topology.consumers.map(({ consumerGroupId }) => `dev-${consumerGroupId}`),
  ]);
});

test('two replicas leave one that may be away', () => {
  expect(placeTopology(topology, { ...existing, replicationFactor: 2 }).topic).toEqual({
    ...topology.topic,
    replicationFactor: 2,
    minInSyncReplicas: 1,
  });
});
