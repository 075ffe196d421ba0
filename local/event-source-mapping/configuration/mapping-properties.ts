import { z } from 'zod';
import { epochSeconds, flag, group, listOf, oneOf, text, wholeNumber } from './property-types.ts';

const kafkaConfig = group({
  ConsumerGroupId: text(
    /^[a-zA-Z0-9\-/*:_+=.@]{1,200}$/,
    '1 to 200 of a-z A-Z 0-9 - / * : _ + = . @',
  ).optional(),
  SchemaRegistryConfig: z.unknown().optional(),
});

const brokers = listOf(text(/^[^\s,]{1,298}:\d{1,5}$/, 'host:port'), { from: 1, to: 10 });

const topicName = text(
  /^[a-zA-Z0-9\-_][a-zA-Z0-9\-_.]{0,248}$/,
  '1 to 249 of a-z A-Z 0-9 - _ . with no dot at the front',
);

/**
 * The properties of a Kafka mapping in a template or a CreateEventSourceMapping request, with the limits of each
 * property. Templates use `KafkaBootstrapServers` and `KmsKeyArn`; requests use `KAFKA_BOOTSTRAP_SERVERS` and
 * `KMSKeyArn`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const mappingProperties = group({
  FunctionName: text(/^\S{1,256}$/, "a function's name or ARN"),
  EventSourceArn: text(/^arn:\S+$/, "the cluster's ARN").optional(),
  SelfManagedEventSource: group({
    Endpoints: group({
      KAFKA_BOOTSTRAP_SERVERS: brokers.optional(),
      KafkaBootstrapServers: brokers.optional(),
    }),
  }).optional(),
  AmazonManagedKafkaEventSourceConfig: kafkaConfig.optional(),
  SelfManagedKafkaEventSourceConfig: kafkaConfig.optional(),
  Topics: listOf(topicName, { from: 1, to: 1 }),
  StartingPosition: oneOf('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'),
  StartingPositionTimestamp: epochSeconds().optional(),
  BatchSize: wholeNumber({ from: 1, to: 10_000 }).optional(),
  MaximumBatchingWindowInSeconds: wholeNumber({ from: 0, to: 300 }).optional(),
  MaximumRetryAttempts: wholeNumber({ from: 0, to: 10_000, or: -1 }).optional(),
  MaximumRecordAgeInSeconds: wholeNumber({ from: 60, to: 604_800, or: -1 }).optional(),
  BisectBatchOnFunctionError: flag().optional(),
  FunctionResponseTypes: listOf(oneOf('ReportBatchItemFailures'), { from: 0, to: 1 }).optional(),
  DestinationConfig: group({
    OnFailure: group({ Destination: text(/^.{0,1024}$/, 'at most 1024 characters').optional() }).optional(),
  }).optional(),
  ProvisionedPollerConfig: group({
    MinimumPollers: wholeNumber({ from: 1, to: 200 }).optional(),
    MaximumPollers: wholeNumber({ from: 1, to: 2_000 }).optional(),
    PollerGroupName: text(/^[a-zA-Z0-9\-_]{0,128}$/, '0 to 128 of a-z A-Z 0-9 - _').optional(),
  }).optional(),
  FilterCriteria: group({
    Filters: z
      .array(group({ Pattern: text(/^[^]{0,4096}$/, 'at most 4096 characters of JSON').optional() }))
      .optional(),
  }).optional(),
  Enabled: flag().optional(),
  MetricsConfig: group({
    Metrics: listOf(oneOf('EventCount', 'ErrorCount', 'KafkaMetrics'), { from: 0, to: 3 }).optional(),
  }).optional(),
  LoggingConfig: group({ SystemLogLevel: oneOf('DEBUG', 'INFO', 'WARN').optional() }).optional(),
  /** Ignored: the emulator gets the brokers and their authentication separately, from its environment. */
  SourceAccessConfigurations: z.unknown().optional(),
  /** Ignored: encryption at rest has no visible effect here. */
  KmsKeyArn: z.unknown().optional(),
  KMSKeyArn: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** Properties whose types and individual limits are valid. */
export type MappingProperties = z.infer<typeof mappingProperties>;
