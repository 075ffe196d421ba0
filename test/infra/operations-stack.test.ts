import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { at, listAt, textAt } from '../../lib/guards/json-access.ts';
import { ofType, only, synthesize } from './synthesize.ts';

const { operations: stack, consumers } = synthesize({
  ...dev,
  alarms: { ...dev.alarms, subscribers: ['on-call@example.com'] },
});

const alarms = [stack, consumers].flatMap((each) =>
  ofType(each, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties),
);
const topic = only(stack, 'AWS::SNS::Topic');
const shapeOf = (name: string): unknown => {
  const alarm = alarms.find((properties) => at(properties, 'AlarmName') === name);
  return [
    `${textAt(alarm, 'Namespace')} ${textAt(alarm, 'MetricName')} ${textAt(alarm, 'Statistic')}`,
    `${textAt(alarm, 'ComparisonOperator')} ${String(at(alarm, 'Threshold'))}`,
    `${String(at(alarm, 'DatapointsToAlarm'))} of ${String(at(alarm, 'EvaluationPeriods'))} of ${String(at(alarm, 'Period'))} s`,
    textAt(alarm, 'TreatMissingData'),
  ];
};

describe.each(['billing', 'inventory', 'notifications'])('%s', (consumer) => {
  test.each([
    {
      name: 'time-lag',
      metric: 'AWS/Kafka EstimatedMaxTimeLag Maximum',
      above: 300,
      points: '3 of 5',
      missing: 'ignore',
    },
    {
      name: 'record-lag',
      metric: 'AWS/Lambda MaxOffsetLag Maximum',
      above: 10_000,
      points: '3 of 5',
      missing: 'ignore',
    },
    {
      name: 'dead-letters',
      metric: 'AWS/SQS ApproximateNumberOfMessagesVisible Maximum',
      above: 0,
      points: '1 of 1',
      missing: 'notBreaching',
    },
    {
      name: 'records-dropped',
      metric: 'AWS/Lambda DroppedEventCount Sum',
      above: 0,
      points: '1 of 1',
      missing: 'notBreaching',
    },
    {
      name: 'failed-deliveries',
      metric: 'AWS/Lambda DestinationDeliveryFailures Sum',
      above: 0,
      points: '1 of 1',
      missing: 'notBreaching',
    },
    { name: 'errors', metric: 'AWS/Lambda Errors Sum', above: 0, points: '3 of 5', missing: 'notBreaching' },
    {
      name: 'throttles',
      metric: 'AWS/Lambda Throttles Sum',
      above: 0,
      points: '3 of 5',
      missing: 'notBreaching',
    },
  ])('alarms on $name', ({ name, metric, above, points, missing }) => {
    expect(shapeOf(`order-events-dev-${consumer}-${name}`)).toEqual([
      metric,
      `GreaterThanThreshold ${above}`,
      `${points} of 60 s`,
      missing,
    ]);
  });

  test('alarms when the pollers have been silent for five minutes', () => {
    expect(shapeOf(`order-events-dev-${consumer}-poller-dead`)).toEqual([
      'AWS/Lambda PolledEventCount SampleCount',
      'LessThanThreshold 1',
      '5 of 5 of 60 s',
      'breaching',
    ]);
  });
});

test.each([1, 2, 3])('alarms on CPU and disk of broker %i, by name', (broker) => {
  const cpu = only(stack, 'AWS::CloudWatch::Alarm', `/cluster/broker-${broker}-cpu/`).properties;
  const disk = only(stack, 'AWS::CloudWatch::Alarm', `/cluster/broker-${broker}-disk/`).properties;
  const ofBroker = [
    { Name: 'Broker ID', Value: `${broker}` },
    { Name: 'Cluster Name', Value: 'order-events-dev' },
  ];

  expect(at(cpu, 'Threshold')).toBe(60);
  expect(listAt(cpu, 'Metrics')).toEqual([
    expect.objectContaining({ Expression: `user${broker} + system${broker}` }),
    ...['CpuUser', 'CpuSystem'].map((MetricName) =>
      expect.objectContaining({
        MetricStat: expect.objectContaining({
          Metric: { Namespace: 'AWS/Kafka', MetricName, Dimensions: ofBroker },
        }),
      }),
    ),
  ]);
  expect(disk).toMatchObject({ Threshold: 85, MetricName: 'KafkaDataLogsDiskUsed', Dimensions: ofBroker });
});

test('alarms on partitions without a leader and on a cluster without a controller', () => {
  expect(shapeOf('order-events-dev-cluster-offline-partitions')).toEqual([
    'AWS/Kafka OfflinePartitionsCount Maximum',
    'GreaterThanThreshold 0',
    '1 of 1 of 60 s',
    'ignore',
  ]);
  expect(shapeOf('order-events-dev-cluster-controller')).toEqual([
    'AWS/Kafka ActiveControllerCount Maximum',
    'LessThanThreshold 1',
    '3 of 5 of 60 s',
    'breaching',
  ]);
});

test('tells of all three states of every alarm', () => {
  const exported = `order-events-dev-operations:ExportsOutputRef${topic.logicalId}`;
  const isTold = (action: unknown): boolean =>
    at(action, 'Ref') === topic.logicalId || textAt(action, 'Fn::ImportValue')?.startsWith(exported) === true;
  const silent = alarms.filter((alarm) =>
    ['AlarmActions', 'OKActions', 'InsufficientDataActions'].some(
      (state) => !listAt(alarm, state).some(isTold),
    ),
  );

  expect(alarms).toHaveLength(3 * 8 + 3 * 2 + 2);
  expect(silent).toEqual([]);
});

test('names a runbook that exists in the description of every alarm', () => {
  const runbooks = alarms.map(
    (alarm) => /Runbook: (\S+)$/.exec(textAt(alarm, 'AlarmDescription') ?? '')?.[1],
  );

  expect(runbooks.filter((path) => path === undefined || !existsSync(path))).toEqual([]);
});

test('sends alarms encrypted and over TLS, and lets only the alarms of this account publish', () => {
  const statements = listAt(only(stack, 'AWS::SNS::TopicPolicy').properties, 'PolicyDocument', 'Statement');

  expect(topic.properties).toMatchObject({
    KmsMasterKeyId: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key', '/AlarmTopicKey/').logicalId, 'Arn'] },
  });
  expect(statements).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    {
      Sid: 'CloudWatchAlarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: { Ref: topic.logicalId },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    },
  ]);
});

test('tells the subscribers of the stage', () => {
  expect(only(stack, 'AWS::SNS::Subscription').properties).toEqual({
    Protocol: 'email',
    Endpoint: 'on-call@example.com',
    TopicArn: { Ref: topic.logicalId },
  });
});

test('shows every consumer and the cluster on one dashboard', () => {
  const body = JSON.stringify(only(consumers, 'AWS::CloudWatch::Dashboard').properties);

  expect(
    ['## billing', '## inventory', '## notifications', '## cluster'].filter((row) => !body.includes(row)),
  ).toEqual([]);
});

test('watches a consumer from its own stack, so that no export holds a mapping, function or queue in place', () => {
  const watched = ofType(consumers, 'AWS::CloudWatch::Alarm').map(({ properties }) =>
    at(properties, 'Dimensions'),
  );

  expect(watched).toHaveLength(3 * 8);
  expect(JSON.stringify(watched)).not.toContain('Fn::ImportValue');
  expect(JSON.stringify(stack.template)).not.toContain('order-events-dev-consumers');
});

test('reads another stack only by what cannot change under it', () => {
  const templates = JSON.stringify([stack.template, consumers.template]);

  expect(templates).toContain('Fn::ImportValue');
  expect(templates).not.toContain('Fn::GetStackOutput');
});
