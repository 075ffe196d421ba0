import { describe, expect, test } from '@jest/globals';
import { parseEventSourceMapping } from '../../../../local/event-source-mapping/configuration/parse-event-source-mapping.ts';
import type { MappingContext } from '../../../../local/event-source-mapping/configuration/mapping-rules.ts';
import { emulatorOptions } from '../../../../local/event-source-mapping/configuration/emulator-options.ts';
import { aContext, aSpec, CLUSTER_ARN, NOW, properties } from '../builders.ts';

/** `property message` of each problem, or nothing when the mapping is taken. */
function problemsOf(overrides: Record<string, unknown>, context: Partial<MappingContext> = {}): string[] {
  const spec = parseEventSourceMapping(properties(overrides), aContext(context));
  return spec.ok ? [] : spec.error.map(({ property, message }) => `${property} ${message}`);
}

function withDestination(destination: string) {
  return { DestinationConfig: { OnFailure: { Destination: destination } } };
}

describe('a mapping that sets only what it must', () => {
  test('ESM-012 ESM-019 ESM-047 gets the defaults, with its UUID as group', () => {
    const spec = aSpec();

    expect(spec).toStrictEqual({
      functionName: 'billing',
      source: { kind: 'managed', eventSourceArn: CLUSTER_ARN },
      topic: 'orders',
      consumerGroupId: 'mapping-uuid',
      startingPosition: { kind: 'TRIM_HORIZON' },
      batchSize: 100,
      maximumBatchingWindowMs: 500,
      maximumRetryAttempts: 'unlimited',
      maximumRecordAgeSeconds: 'unlimited',
      bisectBatchOnFunctionError: false,
      reportBatchItemFailures: false,
      onFailure: null,
      pollers: { kind: 'provisioned', minimumPollers: 1, maximumPollers: 200, pollerGroupName: null },
      filterPatterns: [],
      enabled: true,
      metricGroups: [],
      systemLogLevel: null,
      ignoredSettings: [],
    });
  });

  test('is plain JSON', () => {
    const spec = aSpec();

    expect(JSON.parse(JSON.stringify(spec))).toStrictEqual(spec);
  });
});

describe('a mapping that sets everything', () => {
  const everything = {
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing-group' },
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: 1_700_000_000,
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 300,
    MaximumRetryAttempts: 10_000,
    MaximumRecordAgeInSeconds: 604_800,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:123456789012:dlq' } },
    ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 4, PollerGroupName: 'shared' },
    FilterCriteria: { Filters: [{ Pattern: '{"value":{"type":["x"]}}' }] },
    Enabled: false,
    MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] },
    LoggingConfig: { SystemLogLevel: 'DEBUG' },
    Tags: [{ Key: 'a', Value: 'b' }],
    SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: 'arn:aws:secretsmanager:x' }],
  };

  test('ESM-009 ESM-029 is read with the limits themselves', () => {
    const spec = aSpec(everything);

    expect(spec).toStrictEqual({
      functionName: 'billing',
      source: { kind: 'managed', eventSourceArn: CLUSTER_ARN },
      topic: 'orders',
      consumerGroupId: 'billing-group',
      startingPosition: { kind: 'AT_TIMESTAMP', timestampMs: 1_700_000_000_000 },
      batchSize: 10_000,
      maximumBatchingWindowMs: 300_000,
      maximumRetryAttempts: 10_000,
      maximumRecordAgeSeconds: 604_800,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
      onFailure: { kind: 'sqs', queueArn: 'arn:aws:sqs:eu-central-1:123456789012:dlq' },
      pollers: { kind: 'provisioned', minimumPollers: 2, maximumPollers: 4, pollerGroupName: 'shared' },
      filterPatterns: ['{"value":{"type":["x"]}}'],
      enabled: false,
      metricGroups: ['EventCount', 'ErrorCount', 'KafkaMetrics'],
      systemLogLevel: 'DEBUG',
      ignoredSettings: [],
    });
  });

  test('may write numbers and flags as text, as template parameters do', () => {
    const spec = aSpec({ ...everything, BatchSize: '10000', Enabled: 'false', MaximumRetryAttempts: '-1' });

    expect(spec).toStrictEqual({ ...aSpec(everything), maximumRetryAttempts: 'unlimited' });
  });
});

describe('the source of records', () => {
  test.each(['KAFKA_BOOTSTRAP_SERVERS', 'KafkaBootstrapServers'])(
    'may be self-managed Kafka as %s',
    (name) => {
      const spec = aSpec({
        EventSourceArn: undefined,
        SelfManagedEventSource: { Endpoints: { [name]: ['broker-1:9092', 'broker-2:9092'] } },
        SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'own-group' },
      });

      expect(spec).toMatchObject({
        source: { kind: 'selfManaged', bootstrapServers: ['broker-1:9092', 'broker-2:9092'] },
        consumerGroupId: 'own-group',
      });
    },
  );

  test.each([
    ['neither', { EventSourceArn: undefined }, 'both missing'],
    ['both', { SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['b:1'] } } }, 'both given'],
  ])('is refused when it is %s', (_story, overrides, finding) => {
    const problems = problemsOf(overrides);

    expect(problems).toStrictEqual([
      `EventSourceArn and SelfManagedEventSource.Endpoints.KAFKA_BOOTSTRAP_SERVERS are ${finding}; give exactly one of them`,
    ]);
  });

  test('is refused when its group is set for the other kind of source', () => {
    const problems = problemsOf({ SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'g' } });

    expect(problems).toStrictEqual([
      'SelfManagedKafkaEventSourceConfig belongs to the other kind of source; move its settings to the property for this source',
    ]);
  });
});

describe('limits', () => {
  test.each([
    ['two topics', { Topics: ['a', 'b'] }, 'Topics has 2 entries; allowed: exactly 1'],
    ['no topics', { Topics: [] }, 'Topics has 0 entries; allowed: exactly 1'],
    ['a batch of 0', { BatchSize: 0 }, 'BatchSize is 0; allowed: a whole number from 1 to 10000'],
    [
      'a batch of 10001',
      { BatchSize: 10_001 },
      'BatchSize is 10001; allowed: a whole number from 1 to 10000',
    ],
    ['half a record', { BatchSize: 1.5 }, 'BatchSize is 1.5; allowed: a whole number from 1 to 10000'],
    [
      'an age of 30 s',
      { MaximumRecordAgeInSeconds: 30 },
      'MaximumRecordAgeInSeconds is 30; allowed: a whole number from 60 to 604800, or -1',
    ],
    [
      'a window of 301 s',
      { MaximumBatchingWindowInSeconds: 301 },
      'MaximumBatchingWindowInSeconds is 301; allowed: a whole number from 0 to 300',
    ],
    [
      '10001 retries',
      { MaximumRetryAttempts: 10_001 },
      'MaximumRetryAttempts is 10001; allowed: a whole number from 0 to 10000, or -1',
    ],
    [
      'more pollers at least than at most',
      { ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 4 } },
      'ProvisionedPollerConfig.MinimumPollers is 5; allowed: at most MaximumPollers, which is 4',
    ],
    [
      '201 pollers at least',
      { ProvisionedPollerConfig: { MinimumPollers: 201 } },
      'ProvisionedPollerConfig.MinimumPollers is 201; allowed: a whole number from 1 to 200',
    ],
    [
      'a timestamp that is missing',
      { StartingPosition: 'AT_TIMESTAMP' },
      'StartingPositionTimestamp is missing; AT_TIMESTAMP needs seconds since the epoch that are not in the future (now 1767323045)',
    ],
    [
      'a timestamp in the future',
      { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_767_323_046 },
      'StartingPositionTimestamp is 1767323046; AT_TIMESTAMP needs seconds since the epoch that are not in the future (now 1767323045)',
    ],
    [
      'a position that does not exist',
      { StartingPosition: 'OLDEST' },
      'StartingPosition is "OLDEST"; allowed: "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"',
    ],
    [
      'six filters',
      { FilterCriteria: { Filters: Array.from({ length: 6 }, () => ({ Pattern: '{"value":["x"]}' })) } },
      'FilterCriteria.Filters has 6 entries; allowed: 0 to 5; join some with $or, or set maximumFilters as high as your quota',
    ],
    [
      'a group with a space',
      { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'a b' } },
      'AmazonManagedKafkaEventSourceConfig.ConsumerGroupId is "a b"; allowed: 1 to 200 of a-z A-Z 0-9 - / * : _ + = . @',
    ],
    [
      'a setting of streams',
      { ParallelizationFactor: 2 },
      'ParallelizationFactor is not a property of a Kafka mapping; remove it',
    ],
  ])('ESM-009 refuse %s', (_story, overrides, problem) => {
    const problems = problemsOf(overrides);

    expect(problems).toStrictEqual([problem]);
  });

  test.each([null, 'text', []])('refuse %j instead of properties', (given) => {
    const spec = parseEventSourceMapping(given, aContext());

    expect(spec).toStrictEqual({
      ok: false,
      error: [{ property: '', message: `is ${JSON.stringify(given)}; give an object` }],
    });
  });

  test('report every problem at once', () => {
    const problems = problemsOf({ BatchSize: 0, Topics: ['.'], Enabled: 'maybe' });

    expect(problems).toHaveLength(3);
  });

  test('ESM-010 refuse a function that may run over 14 minutes', () => {
    const [most, more] = [840, 900].map((functionTimeoutSeconds) =>
      problemsOf({}, { functionTimeoutSeconds }),
    );

    expect([most, more]).toStrictEqual([
      [],
      [
        "FunctionName names a function with a timeout of 900 s; allowed with Kafka: at most 840 s (14 minutes); lower the function's timeout",
      ],
    ]);
  });
});

describe('provisioned mode', () => {
  test.each([
    ['MaximumRetryAttempts', { MaximumRetryAttempts: 3 }, '3'],
    ['MaximumRecordAgeInSeconds', { MaximumRecordAgeInSeconds: 60 }, '60'],
    ['BisectBatchOnFunctionError', { BisectBatchOnFunctionError: true }, 'true'],
    [
      'FunctionResponseTypes',
      { FunctionResponseTypes: ['ReportBatchItemFailures'] },
      '"ReportBatchItemFailures"',
    ],
    [
      'DestinationConfig.OnFailure.Destination',
      { DestinationConfig: { OnFailure: { Destination: 'kafka://failed' } } },
      '"kafka://failed"',
    ],
    ['LoggingConfig.SystemLogLevel', { LoggingConfig: { SystemLogLevel: 'INFO' } }, '"INFO"'],
  ])('ESM-011 is needed for %s', (property, overrides, value) => {
    const [on, off] = [problemsOf(overrides), problemsOf({ ...overrides, ProvisionedPollerConfig: {} })];

    expect([on, off]).toStrictEqual([
      [],
      [
        `${property} is ${value}, which works in provisioned mode only; set ProvisionedPollerConfig or remove it`,
      ],
    ]);
  });

  test('ESM-011 is not needed for error controls at their defaults', () => {
    const problems = problemsOf({
      ProvisionedPollerConfig: undefined,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      FunctionResponseTypes: [],
    });

    expect(problems).toStrictEqual([]);
  });
});

test('an empty poller group means no group', () => {
  const spec = aSpec({ ProvisionedPollerConfig: { MinimumPollers: 1, PollerGroupName: '' } });

  expect(spec.pollers).toMatchObject({ pollerGroupName: null });
});

describe('an on-failure destination', () => {
  test.each([
    [
      'arn:aws:sqs:eu-central-1:123456789012:q',
      { kind: 'sqs', queueArn: 'arn:aws:sqs:eu-central-1:123456789012:q' },
    ],
    [
      'arn:aws:sns:eu-central-1:123456789012:t',
      { kind: 'sns', topicArn: 'arn:aws:sns:eu-central-1:123456789012:t' },
    ],
    ['arn:aws-cn:s3:::bucket', { kind: 's3', bucketArn: 'arn:aws-cn:s3:::bucket' }],
    ['kafka://failed-orders', { kind: 'kafka', topic: 'failed-orders' }],
    ['', null],
  ])('may be %j', (destination, onFailure) => {
    const spec = aSpec(withDestination(destination));

    expect(spec.onFailure).toStrictEqual(onFailure);
  });

  test('ESM-014 is not the topic that is read', () => {
    const problems = problemsOf(withDestination('kafka://orders'));

    expect(problems).toStrictEqual([
      'DestinationConfig.OnFailure.Destination is "kafka://orders", the topic the mapping reads; allowed: another topic of the cluster',
    ]);
  });

  test.each([
    'arn:aws:sqs:eu-central-1:123456789012:q.fifo',
    'arn:aws:sns:eu-central-1:123456789012:t.fifo',
    'arn:aws:lambda:eu-central-1:123456789012:function:f',
    'kafka://',
    'dlq',
  ])('is not %j', (destination) => {
    const problems = problemsOf(withDestination(destination));

    expect(problems).toStrictEqual([
      `DestinationConfig.OnFailure.Destination is "${destination}"; allowed: the ARN of an SQS queue, an SNS topic or an S3 bucket (queues and topics that are not FIFO), or kafka://<topic>`,
    ]);
  });
});

describe('settings that are not emulated', () => {
  const registry = {
    AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: 'x' } },
  };

  test('are refused', () => {
    const problems = problemsOf(registry);

    expect(problems).toStrictEqual([
      'AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig is not emulated; remove it, or set unsupportedSettings to "warn" to run without it',
    ]);
  });

  test('are named by option', () => {
    const spec = aSpec(registry, { options: emulatorOptions({ unsupportedSettings: 'warn' }) });

    expect(spec.ignoredSettings).toStrictEqual(['AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig']);
  });
});

describe('a filter', () => {
  test('ESM-083 is on value alone', () => {
    const problems = problemsOf({ FilterCriteria: { Filters: [{ Pattern: '{"key":["x"]}' }] } });

    expect(problems).toStrictEqual([
      'FilterCriteria.Filters[0].Pattern has the key "key" at its top; allowed: only the key "value", because Kafka filters see nothing else',
    ]);
  });
});

test.each([
  { written: 1_700_000_000.5, timestampMs: 1_700_000_000_500 },
  { written: '1700000000', timestampMs: 1_700_000_000_000 },
  { written: '2023-11-14T22:13:20Z', timestampMs: 1_700_000_000_000 },
  { written: '2023-11-14T22:13:20.250Z', timestampMs: 1_700_000_000_250 },
  { written: '2023-11-15T00:13:20+02:00', timestampMs: 1_700_000_000_000 },
  { written: '2023-11-14T16:13:20-0600', timestampMs: 1_700_000_000_000 },
  { written: '2023-11-14 22:13', timestampMs: 1_699_999_980_000 },
  { written: '2023-11-14', timestampMs: 1_699_920_000_000 },
])('ESM-103 a start at $written is read as the time that it means', ({ written, timestampMs }) => {
  const { startingPosition } = aSpec({
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: written,
  });

  expect(startingPosition).toStrictEqual({ kind: 'AT_TIMESTAMP', timestampMs });
});

test.each(['yesterday', '2023-13-01T00:00:00Z', '14/11/2023'])(
  'ESM-103 a start at "%s" is rejected, with the allowed values',
  (written) => {
    const problems = problemsOf({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: written });

    expect(problems).toStrictEqual([
      `StartingPositionTimestamp is "${written}"; allowed: seconds since 1970-01-01T00:00:00Z, or a time such as 2026-01-31T08:00:00Z`,
    ]);
  },
);

test('a start in this very millisecond is not in the future', () => {
  const problems = problemsOf({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: NOW / 1000 });

  expect(problems).toStrictEqual([]);
});
