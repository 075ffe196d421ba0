import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnEventSourceMappingProps, CfnFunctionProps } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster, CfnConfiguration, CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { CfnTopicProps } from 'aws-cdk-lib/aws-msk';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { allGuards } from '../../lib/guards/all-guards.ts';
import type { Promises } from '../../lib/guards/guard.ts';
import { KafkaGuards } from '../../lib/guards/kafka-guards.ts';

interface Fault {
  readonly rule: string;
  readonly mapping?: Partial<CfnEventSourceMappingProps>;
  readonly function?: Partial<CfnFunctionProps>;
  readonly topic?: Partial<CfnTopicProps>;
  readonly brokerSettings?: string;
  readonly secondMapping?: Partial<CfnEventSourceMappingProps>;
  readonly promises?: Partial<Promises>;
  readonly says: string;
}

const groupOf = (ConsumerGroupId?: string): Partial<CfnEventSourceMappingProps> => ({
  amazonManagedKafkaEventSourceConfig:
    ConsumerGroupId === undefined ? {} : { consumerGroupId: ConsumerGroupId },
});
const topicSettings = (text: string): Partial<CfnTopicProps> => ({ configs: btoa(text) });

const faults: readonly (Fault & { readonly story: string })[] = [
  {
    story: 'a colon in the group id',
    rule: 'group-id',
    mapping: groupOf('a:b'),
    says: 'ConsumerGroupId is "a:b": MSK publishes no lag metrics for it',
  },
  {
    story: 'a group id outside ASCII',
    rule: 'group-id',
    mapping: groupOf('group-ä'),
    says: 'ConsumerGroupId is "group-ä": MSK publishes no lag metrics for it',
  },
  {
    story: 'no group id',
    rule: 'group-id',
    mapping: groupOf(),
    says: 'ConsumerGroupId is missing: a recreated mapping would start from its starting position again',
  },
  {
    story: 'two mappings in one group',
    rule: 'group-id-unique',
    mapping: { topics: ['returns'] },
    secondMapping: {},
    says: 'ConsumerGroupId is "group", as at minimal/Mapping: each would get only a share of the records',
  },
  {
    story: 'a start at the end of the topic',
    rule: 'starting-position',
    mapping: { startingPosition: 'LATEST' },
    says: 'StartingPosition is LATEST: records produced while the mapping is created or updated would never be read',
  },
  {
    story: 'error controls without provisioned mode',
    rule: 'provisioned-mode',
    mapping: { provisionedPollerConfig: undefined },
    says:
      'ProvisionedPollerConfig is missing, but MaximumRetryAttempts, MaximumRecordAgeInSeconds, ' +
      'BisectBatchOnFunctionError, FunctionResponseTypes, LoggingConfig would be without effect',
  },
  {
    story: 'error controls with an empty poller configuration',
    rule: 'provisioned-mode',
    mapping: { provisionedPollerConfig: {}, loggingConfig: undefined },
    topic: { partitionCount: 200 },
    says:
      'ProvisionedPollerConfig is empty, but MaximumRetryAttempts, MaximumRecordAgeInSeconds, ' +
      'BisectBatchOnFunctionError, FunctionResponseTypes would be without effect',
  },
  {
    story: 'a parallelization factor',
    rule: 'no-parallelization-factor',
    mapping: { parallelizationFactor: 4 },
    says: 'ParallelizationFactor is 4: streams of Kinesis and DynamoDB have it, Lambda refuses it for Kafka',
  },
  {
    story: 'a function that reads a topic through two mappings',
    rule: 'one-mapping-per-topic',
    mapping: groupOf('another'),
    secondMapping: {},
    says:
      'Topics names the topic that minimal/Mapping reads from the same source for the same function: ' +
      'Lambda refuses the second mapping (409)',
  },
  {
    story: 'a Kafka destination without provisioned mode',
    rule: 'provisioned-mode',
    mapping: {
      provisionedPollerConfig: undefined,
      maximumRecordAgeInSeconds: -1,
      bisectBatchOnFunctionError: false,
      functionResponseTypes: undefined,
      loggingConfig: undefined,
      destinationConfig: { onFailure: { destination: 'kafka://failed' } },
    },
    says: 'ProvisionedPollerConfig is missing, but MaximumRetryAttempts, DestinationConfig would be without effect',
  },
  {
    story: 'no destination',
    rule: 'destination-present',
    mapping: { destinationConfig: undefined },
    says: 'DestinationConfig is missing: discarded records would be lost without a trace',
  },
  {
    story: 'the source as destination',
    rule: 'destination-not-source',
    mapping: { destinationConfig: { onFailure: { destination: 'kafka://orders' } } },
    says: 'DestinationConfig is kafka://orders, the source itself: failed records would come back for ever',
  },
  {
    story: 'infinite retries beside a destination',
    rule: 'finite-retries',
    mapping: { maximumRetryAttempts: -1 },
    says: 'MaximumRetryAttempts is infinite, which Lambda silently turns into 10 because there is a destination',
  },
  {
    story: 'a function that may run 15 minutes',
    rule: 'function-timeout',
    function: { timeout: 900 },
    says: 'Timeout is 900 s; Lambda does not support more than 840 s with Kafka',
  },
  {
    story: 'a batch that cannot be done in time',
    rule: 'batch-fits-timeout',
    promises: { pace: { group: { recordMilliseconds: 3000, recordsAtOnce: 10, reserveMilliseconds: 2000 } } },
    says: 'BatchSize is 100, which takes 32 s at 3000 ms a record and 10 at once; the function stops after 30 s',
  },
  {
    story: 'more pollers than partitions',
    rule: 'pollers-within-partitions',
    mapping: { provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 7 } },
    says: 'ProvisionedPollerConfig.MaximumPollers is 7, but the topic has 6 partitions: the others would be idle',
  },
  {
    story: 'pollers left at their default of 200',
    rule: 'pollers-within-partitions',
    mapping: { provisionedPollerConfig: { minimumPollers: 1 } },
    says: 'ProvisionedPollerConfig.MaximumPollers is 200, but the topic has 6 partitions: the others would be idle',
  },
  {
    story: 'a mapping without metrics',
    rule: 'metrics-on',
    mapping: { metricsConfig: { metrics: ['EventCount'] } },
    says:
      'MetricsConfig.Metrics lacks ErrorCount, KafkaMetrics: ' +
      'a mapping that polls nothing would look like one without work',
  },
  {
    story: 'fewer partitions than before',
    rule: 'partition-count',
    promises: { partitionHistory: { orders: [{ partitions: 12 }] } },
    says: 'PartitionCount is 6, but the topic has 12: Kafka cannot remove partitions',
  },
  {
    story: 'more partitions than the history knows',
    rule: 'partition-count',
    promises: { partitionHistory: { orders: [{ partitions: 3 }] } },
    says: 'PartitionCount is 6 after 3: 50 % of the keys move to another partition, so their order is lost across the change',
  },
  {
    story: 'more partitions without a written migration',
    rule: 'partition-count',
    promises: { partitionHistory: { orders: [{ partitions: 3 }, { partitions: 6 }] } },
    says: 'PartitionCount is 6 after 3, 6: 50 % of the keys move to another partition, so their order is lost across the change',
  },
  {
    story: 'more replicas than brokers',
    rule: 'replication-within-brokers',
    topic: { replicationFactor: 4 },
    says: 'ReplicationFactor is 4, but the cluster has 3 brokers',
  },
  {
    story: 'a cluster that needs every replica to write',
    rule: 'min-in-sync-below-replication',
    brokerSettings: 'min.insync.replicas=3\n',
    says: 'min.insync.replicas is 3 of 3 replicas: every broker that is patched stops the producers',
  },
  {
    story: 'a topic that needs every replica to write',
    rule: 'min-in-sync-below-replication',
    topic: topicSettings('retention.ms=604800000\nmin.insync.replicas=3\n'),
    says: 'min.insync.replicas is 3 of 3 replicas: every broker that is patched stops the producers',
  },
  {
    story: 'a topic that needs every replica to write, in JSON',
    rule: 'min-in-sync-below-replication',
    topic: topicSettings('{"retention.ms":"604800000","min.insync.replicas":3}'),
    says: 'min.insync.replicas is 3 of 3 replicas: every broker that is patched stops the producers',
  },
  {
    story: 'a topic that forgets before somebody can respond',
    rule: 'retention-outlasts-response',
    promises: { responseTimeHours: 145 },
    says:
      "MaximumRecordAgeInSeconds is 86400; with 145 h to respond that is longer than the topic's 168 h: " +
      'the failed batch would point to deleted records',
  },
  {
    story: 'records of any age',
    rule: 'retention-outlasts-response',
    mapping: { maximumRecordAgeInSeconds: -1 },
    says:
      "MaximumRecordAgeInSeconds is infinite; with 72 h to respond that is longer than the topic's 168 h: " +
      'the failed batch would point to deleted records',
  },
  {
    story: 'a retention that the cluster sets',
    rule: 'retention-outlasts-response',
    topic: { configs: undefined },
    brokerSettings: 'log.retention.hours=48\n',
    says:
      "MaximumRecordAgeInSeconds is 86400; with 72 h to respond that is longer than the topic's 48 h: " +
      'the failed batch would point to deleted records',
  },
  {
    story: 'a consumer that forgets before the dead-letter queue does',
    rule: 'dedupe-outlasts-redelivery',
    function: { environment: { variables: { ITEM_TTL_DAYS: '20' } } },
    says: 'Environment.ITEM_TTL_DAYS is 20 days; a record can come back for 21 days (topic and dead-letter queue)',
  },
];

describe('a guard', () => {
  test.each(faults)('stops $story', ({ rule, says, ...fault }) => {
    const report = guarded(fault);

    expect(report.success).toBe(false);
    expect(report.violations.map(({ ruleName, description }) => [ruleName, description])).toEqual([
      [rule, `${says}. ${ruleText(rule)}`],
    ]);
  });

  test('gives the place of the fault and what to do', () => {
    const [violation] = guarded({ mapping: { maximumRetryAttempts: -1 } }).violations;

    expect(violation).toEqual({
      ruleName: 'finite-retries',
      description: expect.any(String),
      fix: 'Set MaximumRetryAttempts from 0 to 10000.',
      severity: 'error',
      violatingResources: [
        {
          resourceLogicalId: 'Mapping',
          constructPath: 'minimal/Mapping',
          templatePath: expect.stringContaining('minimal.template.json'),
          locations: ['MaximumRetryAttempts'],
        },
      ],
    });
  });

  test('is silent on a mapping without a fault', () => {
    expect(guarded({})).toEqual({ success: true, violations: [] });
  });

  test('does not stop when a value is known only at deployment', () => {
    const unknown = { destinationConfig: { onFailure: { destination: 'arn:aws:s3:::failed' } } };

    expect(guarded({ mapping: { ...unknown, maximumRecordAgeInSeconds: -1 } })).toEqual({
      success: true,
      violations: [],
    });
  });
});

test('every guard has been seen firing', () => {
  expect(allGuards.map(({ id }) => id).toSorted()).toEqual(
    [...new Set(faults.map(({ rule }) => rule))].toSorted(),
  );
});

function ruleText(id: string): string {
  return allGuards.find((guard) => guard.id === id)?.rule ?? '';
}

function guarded(fault: Omit<Fault, 'rule' | 'says'>): ReturnType<KafkaGuards['validate']> {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = minimalStack(app, fault);
  const templatePath = app.synth().getStackByName(stack.stackName).templateFullPath;
  const guards = new KafkaGuards({
    responseTimeHours: 72,
    itemLifetimeVariable: 'ITEM_TTL_DAYS',
    ...fault.promises,
  });
  return guards.validate({ templatePaths: [templatePath], stackTemplates: [], appConstruct: app });
}

/** A cluster, a topic and a consumer without a fault, but for the one that is given. */
function minimalStack(app: App, fault: Omit<Fault, 'rule' | 'says'>): Stack {
  const stack = new Stack(app, 'minimal');
  const clusterArn = clusterIn(stack, fault.brokerSettings ?? 'min.insync.replicas=2\n').attrArn;
  const topic = new CfnTopic(stack, 'Topic', {
    clusterArn,
    topicName: 'orders',
    partitionCount: 6,
    replicationFactor: 3,
    ...topicSettings('{"retention.ms":"604800000"}'),
    ...fault.topic,
  });
  const queue = new CfnQueue(stack, 'Queue', { messageRetentionPeriod: 14 * 86_400 });
  const consumer = new CfnFunction(stack, 'Function', {
    code: { zipFile: 'exports.handler = () => ({});' },
    role: 'arn:aws:iam::123456789012:role/consumer',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    timeout: 30,
    environment: { variables: { ITEM_TTL_DAYS: '30' } },
    ...fault.function,
  });
  const mapping: CfnEventSourceMappingProps = {
    functionName: consumer.ref,
    eventSourceArn: clusterArn,
    topics: [topic.topicName],
    ...groupOf('group'),
    startingPosition: 'TRIM_HORIZON',
    batchSize: 100,
    maximumRetryAttempts: 10,
    maximumRecordAgeInSeconds: 86_400,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ['ReportBatchItemFailures'],
    destinationConfig: { onFailure: { destination: queue.attrArn } },
    provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 6 },
    metricsConfig: { metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] },
    loggingConfig: { systemLogLevel: 'INFO' },
  };
  const mappings = [
    { ...mapping, ...fault.mapping },
    ...(fault.secondMapping === undefined ? [] : [mapping]),
  ];
  for (const [index, props] of mappings.entries()) {
    const id = index === 0 ? 'Mapping' : `Mapping${index + 1}`;
    new CfnEventSourceMapping(stack, id, props);
  }
  return stack;
}

function clusterIn(stack: Stack, serverProperties: string): CfnCluster {
  const configuration = new CfnConfiguration(stack, 'Configuration', { name: 'minimal', serverProperties });
  return new CfnCluster(stack, 'Cluster', {
    clusterName: 'minimal',
    kafkaVersion: '3.9.x.kraft',
    numberOfBrokerNodes: 3,
    configurationInfo: { arn: configuration.attrArn, revision: 1 },
    brokerNodeGroupInfo: {
      instanceType: 'kafka.m7g.large',
      clientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'],
    },
  });
}
