import { describe, expect, test } from '@jest/globals';
import { dev } from '../../../lib/config/dev.ts';
import { placeTopology } from '../../../lib/config/place-topology.ts';
import { prod } from '../../../lib/config/prod.ts';
import { regions } from '../../../lib/config/regions.ts';
import { stageProblems } from '../../../lib/config/stage-problems.ts';
import type {
  ExistingClusterConfig,
  ProvisionedClusterConfig,
  StageConfig,
} from '../../../lib/config/stage-config.ts';
import { topology } from '../../../lib/topology/topology.ts';

const problemsOf = (change: Partial<StageConfig>): readonly string[] => {
  const config = { ...dev, ...change };
  return stageProblems(config, placeTopology(topology, config.cluster));
};

const existing = (change: Partial<ExistingClusterConfig>): Partial<StageConfig> => ({
  cluster: {
    kind: 'existing',
    clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    securityGroupId: 'sg-0123456789abcdef0',
    brokerType: 'standard',
    prefix: '',
    topic: undefined,
    replicationFactor: undefined,
    ...change,
  },
});

const own = (change: Partial<ProvisionedClusterConfig>): Partial<StageConfig> => ({
  cluster: {
    kind: 'provisioned',
    kafkaVersion: '3.9.x.kraft',
    networkCidr: '10.40.0.0/20',
    brokersPerZone: 1,
    brokers: { type: 'express', instanceType: 'express.m7g.large', storageAlarmGibibytes: 1_000 },
    monitoring: 'PER_TOPIC_PER_BROKER',
    ...change,
  },
});

const standard = (storageGibibytes: number, storageCeilingGibibytes: number): Partial<StageConfig> =>
  own({
    brokers: { type: 'standard', instanceType: 'kafka.m7g.large', storageGibibytes, storageCeilingGibibytes },
  });

const twoZones = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'];

test.each([dev, prod])('$stage can be deployed', (config) => {
  expect(stageProblems(config, topology)).toEqual([]);
});

test.each(Object.entries(regions))(
  '%s can be named, with its zones by id or by letter',
  (region, { zoneIds }) => {
    const byId = [`${zoneIds}-az1`, `${zoneIds}-az2`, `${zoneIds}-az4`] as const;
    const byLetter = [`${region}a`, `${region}b`, `${region}c`] as const;

    expect([byId, byLetter].flatMap((zones) => problemsOf({ region, zones }))).toEqual([]);
  },
);

describe('a stage cannot be deployed', () => {
  test.each<[string, Partial<StageConfig>, string]>([
    [
      'in a region that nobody tried',
      { region: 'us-west-1', zones: ['us-west-1a', 'us-west-1b', 'us-west-1c'] },
      'region is "us-west-1"; stages may name ap-northeast-1,',
    ],
    [
      'in zones of another region',
      { zones: ['use1-az1', 'use1-az2', 'use2-az3'] },
      'zones has "use2-az3", which is no zone of us-east-1. Name ids such as use1-az1, or letters',
    ],
    [
      'in one zone twice',
      { zones: ['use1-az1', 'use1-az2', 'use1-az1'] },
      'zones has use1-az1, use1-az2, use1-az1; name each once.',
    ],
    [
      'in zones by id and by letter',
      { zones: ['use1-az1', 'use1-az2', 'us-east-1c'] },
      'name all by their ids or all by their letters.',
    ],
    [
      'in a zone without MSK',
      { zones: ['use1-az1', 'use1-az2', 'use1-az3'] },
      'zones has "use1-az3", where MSK has no brokers. Name another zone of us-east-1.',
    ],
    ['in no account', { account: '42' }, 'account is "42"; it must be the 12 digits of an AWS account.'],
    [
      'without brokers',
      own({ brokersPerZone: 0 }),
      'cluster.brokersPerZone is 0; allowed is a whole number from 1 to 20.',
    ],
    [
      'with more brokers than MSK allows',
      own({ brokersPerZone: 21 }),
      'cluster.brokersPerZone is 21; allowed',
    ],
    [
      'with more storage than a broker takes',
      standard(16_385, 16_385),
      'cluster.brokers.storageGibibytes is 16385; allowed is a whole number from 1 to 16384.',
    ],
    [
      'with storage above its ceiling',
      standard(100, 50),
      'cluster.brokers.storageCeilingGibibytes is 50; allowed is a whole number from 100 to 16384.',
    ],
    [
      'on a cluster of another account',
      { ...existing({}), account: '210987654321' },
      'existingCluster.clusterArn is of account 123456789012, but the stage is of 210987654321',
    ],
    [
      'with more replicas than zones',
      existing({ subnetIds: twoZones }),
      'The topic has 3 replicas, but existingCluster.subnetIds names 2 zones. Set existingCluster.replicationFactor from 2 to 2',
    ],
    ['with one replica', existing({ replicationFactor: 1 }), 'The topic has 1 replicas, but'],
    [
      'with other replicas than Express keeps',
      existing({ brokerType: 'express', replicationFactor: 2 }),
      'existingCluster.replicationFactor is 2; Express brokers keep 3 replicas. Leave it out.',
    ],
  ])('%s', (_story, change, says) => {
    const problems = problemsOf(change);

    expect(problems.filter((problem) => problem.includes(says))).toHaveLength(1);
  });
});

test.each([
  existing({}),
  existing({ subnetIds: twoZones, replicationFactor: 2 }),
  existing({ subnetIds: twoZones, topic: 'orders' }),
])('a stage can be deployed on an existing cluster: %p', (change) => {
  expect(problemsOf(change)).toEqual([]);
});
