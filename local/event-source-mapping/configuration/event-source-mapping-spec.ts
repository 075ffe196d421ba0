/** The source of the records. */
export type KafkaSource =
  | { readonly kind: 'managed'; readonly eventSourceArn: string }
  | { readonly kind: 'selfManaged'; readonly bootstrapServers: readonly string[] };

/** The starting position of a partition without a committed offset. */
export type StartingPosition =
  | { readonly kind: 'TRIM_HORIZON' }
  | { readonly kind: 'LATEST' }
  | { readonly kind: 'AT_TIMESTAMP'; readonly timestampMs: number };

/** The destination of discarded records. */
export type OnFailureDestination =
  | { readonly kind: 'sqs'; readonly queueArn: string }
  | { readonly kind: 'sns'; readonly topicArn: string }
  | { readonly kind: 's3'; readonly bucketArn: string }
  | { readonly kind: 'kafka'; readonly topic: string };

/** The number of pollers. The error controls need provisioned mode. */
export type PollerMode =
  | { readonly kind: 'onDemand' }
  | {
      readonly kind: 'provisioned';
      readonly minimumPollers: number;
      readonly maximumPollers: number;
      readonly pollerGroupName: string | null;
    };

/** An opt-in group of mapping metrics. */
export type MetricGroup = 'EventCount' | 'ErrorCount' | 'KafkaMetrics';

/** The minimum level of a mapping's system log. */
export type SystemLogLevel = 'DEBUG' | 'INFO' | 'WARN';

/**
 * One Kafka event source mapping with every default applied. Plain JSON, so that it can be sent to another process.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export interface EventSourceMappingSpec {
  /** A function's name or ARN, as configured. */
  readonly functionName: string;
  readonly source: KafkaSource;
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly startingPosition: StartingPosition;
  /** 1 to 10,000, counted over all partitions of a batch. */
  readonly batchSize: number;
  /** 0 to 300,000; 500 when the mapping sets none. */
  readonly maximumBatchingWindowMs: number;
  /** 0 to 10,000, without the first attempt. */
  readonly maximumRetryAttempts: number | 'unlimited';
  /** 60 to 604,800. */
  readonly maximumRecordAgeSeconds: number | 'unlimited';
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly onFailure: OnFailureDestination | null;
  readonly pollers: PollerMode;
  /** Event patterns as JSON text, OR-ed; empty when nothing is filtered. */
  readonly filterPatterns: readonly string[];
  readonly enabled: boolean;
  readonly metricGroups: readonly MetricGroup[];
  readonly systemLogLevel: SystemLogLevel | null;
  /** Names of given settings that are not emulated; empty unless the options say to warn about them. */
  readonly ignoredSettings: readonly string[];
}
