import { expect, test } from '@jest/globals';
import { refusedUpdates } from '../../review/changes/kafka-updates.ts';
import { stageOf, type Resources } from './stages.ts';

interface Settings {
  readonly brokers?: number;
  readonly instanceType?: string;
  readonly gibibytes?: number;
  readonly monitoring?: string;
  readonly logs?: boolean;
  readonly serverProperties?: string;
  readonly partitions?: number;
  readonly configs?: string;
}

const withSettings = (settings: Settings): Resources => ({
  Configuration: {
    Type: 'AWS::MSK::Configuration',
    Properties: { ServerProperties: settings.serverProperties ?? 'auto.create.topics.enable=false' },
  },
  Cluster: {
    Type: 'AWS::MSK::Cluster',
    Properties: {
      NumberOfBrokerNodes: settings.brokers ?? 3,
      ConfigurationInfo: {
        Arn: { 'Fn::GetAtt': ['Configuration', 'Arn'] },
        Revision: { 'Fn::GetAtt': ['Configuration', 'LatestRevision.Revision'] },
      },
      BrokerNodeGroupInfo: {
        InstanceType: settings.instanceType ?? 'kafka.m7g.large',
        StorageInfo: { EBSStorageInfo: { VolumeSize: settings.gibibytes ?? 100 } },
      },
      EnhancedMonitoring: settings.monitoring ?? 'PER_BROKER',
      LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: settings.logs ?? true } } },
    },
  },
  Topic: {
    Type: 'AWS::MSK::Topic',
    Properties: { PartitionCount: settings.partitions ?? 6, Configs: settings.configs ?? 'e30=' },
  },
});

const refused = (after: Settings): readonly string[] =>
  refusedUpdates(stageOf(withSettings({})), stageOf(withSettings(after)));

test.each<Settings>([
  {},
  { brokers: 6 },
  { instanceType: 'kafka.m7g.xlarge' },
  { gibibytes: 200 },
  { serverProperties: 'min.insync.replicas=2' },
  { monitoring: 'PER_TOPIC_PER_BROKER', logs: false },
  { partitions: 12 },
  { configs: 'e30K' },
  { brokers: 6, partitions: 12 },
])('MSK takes the update %p', (after) => {
  expect(refused(after)).toEqual([]);
});

test.each<{ after: Settings; says: string }>([
  {
    after: { brokers: 6, instanceType: 'kafka.m7g.xlarge', gibibytes: 200 },
    says:
      'shop/Cluster changes in 3 ways, but MSK accepts one change at a time. Deploy one after the other: 1. the storage, ' +
      '2. the instance type, 3. the number of brokers.',
  },
  {
    after: { serverProperties: 'min.insync.replicas=2', logs: false },
    says:
      'shop/Cluster changes in 2 ways, but MSK accepts one change at a time. Deploy one after the other: 1. the configuration, ' +
      '2. monitoring and logs.',
  },
  {
    after: { gibibytes: 50 },
    says: 'shop/Cluster goes from 100 to 50 GiB a broker, and MSK never shrinks storage. Leave at least 100.',
  },
  {
    after: { partitions: 12, configs: 'e30K' },
    says:
      'shop/Topic changes in 2 ways, but MSK accepts one change at a time. Deploy one after the other: 1. Configs, ' +
      '2. PartitionCount.',
  },
])('MSK refuses the update $after', ({ after, says }) => {
  expect(refused(after)).toEqual([says]);
});

test('a cluster and a topic that are new are no updates', () => {
  expect(refusedUpdates(stageOf({}), stageOf(withSettings({})))).toEqual([]);
});
