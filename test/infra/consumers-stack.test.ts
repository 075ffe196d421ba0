import { describe, expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { prod } from '../../lib/config/prod.ts';
import { at, listAt } from '../../lib/guards/json-access.ts';
import { capitalized } from '../../lib/topology/consumer-outputs.ts';
import { paceEnvironment } from '../../lib/topology/pace-environment.ts';
import { topology } from '../../lib/topology/topology.ts';
import { recordAt } from '../../tools/judges/template-resources.ts';
import { ofType, only, synthesize } from './synthesize.ts';

const { consumers: stack } = synthesize(dev);
const { consumers: prodStack } = synthesize(prod);
const { consumers: reservedStack } = synthesize({ ...prod, reservedConcurrency: 'asPollers' });

const timing = {
  billing: { timeout: 60, batch: 500, window: 0 },
  inventory: { timeout: 60, batch: 500, window: 1 },
  notifications: { timeout: 30, batch: 100, window: 0 },
};
const consumers = topology.consumers.map(({ name, consumerGroupId, pace }) => ({
  id: capitalized(name),
  group: consumerGroupId,
  name,
  pace,
  timeout: timing[name].timeout,
  batch: timing[name].batch,
  window: timing[name].window,
}));

describe.each(consumers)('$name', ({ id, group, name, pace, timeout, batch, window }) => {
  const mapping = only(stack, 'AWS::Lambda::EventSourceMapping', `/${id}/`);
  const queue = only(stack, 'AWS::SQS::Queue', `/${id}/`);
  const lambda = only(stack, 'AWS::Lambda::Function', `/${id}/`);
  const table = only(stack, 'AWS::DynamoDB::Table', `/${id}/`);
  const key = only(stack, 'AWS::KMS::Key', `/${id}/`);
  const keyArn = { 'Fn::GetAtt': [key.logicalId, 'Arn'] };

  test('reads the topic in its own group, with every setting of the mapping written out', () => {
    const { EventSourceArn, Tags, ...settings } = mapping.properties;

    expect(EventSourceArn).toEqual({ 'Fn::ImportValue': expect.stringContaining('ClusterEB0386A7Arn') });
    expect(Tags).toBeDefined();
    expect(settings).toEqual({
      FunctionName: { Ref: lambda.logicalId },
      Topics: ['order-events'],
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
      StartingPosition: 'TRIM_HORIZON',
      Enabled: true,
      BatchSize: batch,
      MaximumBatchingWindowInSeconds: window,
      MaximumRetryAttempts: 10_000,
      MaximumRecordAgeInSeconds: 4 * 86_400,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue.logicalId, 'Arn'] } } },
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3, PollerGroupName: 'order-events-dev' },
      MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] },
      LoggingConfig: { SystemLogLevel: 'INFO' },
    });
  });

  test('creates the mapping after its permissions', () => {
    const policy = only(stack, 'AWS::IAM::ManagedPolicy', `/${id}/`);

    expect(mapping.dependsOn).toContain(policy.logicalId);
  });

  test('holds topic and group in the logical id, as neither can be changed in place', () => {
    expect(mapping.logicalId).toContain(`order-events-${group}`.replaceAll('-', ''));
  });

  test('runs its bundle on Node 24, arm64, without X-Ray, with JSON logs and what the handler reads', () => {
    const logGroup = only(stack, 'AWS::Logs::LogGroup', `/${id}/`);
    const role = only(stack, 'AWS::IAM::Role', `/${id}/`);

    expect(lambda.properties).toEqual({
      Architectures: ['arm64'],
      Code: expect.anything(),
      Description: `Consumes the topic for ${name}`,
      Environment: {
        Variables: expect.objectContaining({
          CONSUMER_GROUP_ID: group,
          TABLE_NAME: { Ref: table.logicalId },
          DLQ_URL: { Ref: queue.logicalId },
          CURRENCY: 'USD',
          POWERTOOLS_SERVICE_NAME: name,
          POWERTOOLS_METRICS_NAMESPACE: 'order-events-dev',
          EFFECT_OBJECTIVE_SECONDS: '60',
          POWERTOOLS_LOG_LEVEL: 'INFO',
          ...paceEnvironment(pace),
        }),
      },
      Handler: 'index.handler',
      LoggingConfig: {
        LogFormat: 'JSON',
        LogGroup: { Ref: logGroup.logicalId },
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'INFO',
      },
      MemorySize: 512,
      Role: { 'Fn::GetAtt': [role.logicalId, 'Arn'] },
      Runtime: 'nodejs24.x',
      Tags: expect.anything(),
      Timeout: timeout,
    });
    expect(logGroup.properties).toMatchObject({ KmsKeyId: keyArn, RetentionInDays: 365 });
  });

  test('keeps its effects in an encrypted, protected, recoverable table of its own', () => {
    // Protected, it could not be deleted when its creation is rolled back.
    expect(table.deletionPolicy).toBe('Retain');
    expect(table.properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      ContributorInsightsSpecification: { Enabled: name === 'inventory' },
    });
  });

  test('keeps what failed for 14 days in an encrypted queue that takes TLS only', () => {
    const policy = only(stack, 'AWS::SQS::QueuePolicy', `/${id}/`);

    expect(queue.deletionPolicy).toBe('RetainExceptOnCreate');
    expect(queue.properties).toMatchObject({
      QueueName: `order-events-dev-${name}-dlq`,
      KmsMasterKeyId: keyArn,
      MessageRetentionPeriod: 14 * 86_400,
    });
    expect(listAt(policy.properties, 'PolicyDocument', 'Statement')).toEqual([
      {
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Resource: { 'Fn::GetAtt': [queue.logicalId, 'Arn'] },
      },
    ]);
  });

  test('uses a key of its own that rotates and that only log groups of this account share', () => {
    expect(key.deletionPolicy).toBe('RetainExceptOnCreate');
    expect(at(key.properties, 'EnableKeyRotation')).toBe(true);
    expect(
      listAt(key.properties, 'KeyPolicy', 'Statement').map((statement) => [
        at(statement, 'Effect'),
        at(statement, 'Action'),
        at(statement, 'Principal'),
      ]),
    ).toEqual([
      ['Allow', 'kms:*', { AWS: expect.anything() }],
      ['Deny', 'kms:CreateGrant', { AWS: '*' }],
      ['Allow', expect.arrayContaining(['kms:Encrypt']), { Service: 'logs.amazonaws.com' }],
    ]);
  });

  test('is reserved no execution, or as many as its pollers can call where the stage asks for it', () => {
    const reserved = (of: typeof stack): unknown =>
      at(only(of, 'AWS::Lambda::Function', `/${id}/`).properties, 'ReservedConcurrentExecutions');

    expect([reserved(stack), reserved(prodStack), reserved(reservedStack)]).toEqual([
      undefined,
      undefined,
      30,
    ]);
  });
});

test('tells inventory and notifications how long to remember, and notifications who sends', () => {
  const settings = consumers.map(({ id }) => {
    const variables = at(
      only(stack, 'AWS::Lambda::Function', `/${id}/`).properties,
      'Environment',
      'Variables',
    );
    return { days: at(variables, 'ITEM_TTL_DAYS'), from: at(variables, 'EMAIL_FROM') };
  });

  expect(settings).toEqual([
    { days: undefined, from: undefined },
    { days: '30', from: undefined },
    { days: '30', from: 'orders@example.com' },
  ]);
});

test('is deployed after the stacks that have the topic and the way to tell of alarms', () => {
  expect(stack.after.toSorted()).toEqual(['order-events-dev-operations', 'order-events-dev-streaming']);
});

test('prints what the command line needs to find', () => {
  const outputs = recordAt(stack.template, 'Outputs');
  const wanted = consumers.flatMap(({ id }) => [`${id}TableName`, `${id}DlqUrl`, `${id}FunctionName`]);

  expect(wanted.filter((name) => !Object.hasOwn(outputs, name))).toEqual([]);
});

test('has no custom resource, and no function but the three consumers, their rehearsals, redrive and the sampler', () => {
  expect(ofType(stack, 'AWS::Lambda::Function')).toHaveLength(3 + 3 + 1 + 1);
  expect(stack.resources.filter(({ type }) => type.startsWith('Custom::'))).toEqual([]);
});
