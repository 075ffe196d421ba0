/**
 * The wire form of a Lambda invocation by a Kafka event source mapping, and of the answer to it.
 * Our own types: the common typings say that key and value are always there, and know no batch response.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export interface KafkaEvent {
  readonly eventSource: string;
  /** Absent for self-managed Kafka. */
  readonly eventSourceArn?: string;
  /** Comma-joined `host:port` pairs. */
  readonly bootstrapServers: string;
  /** By `<topic>-<partition>`; topic names may hold a hyphen, so the name is never taken apart. */
  readonly records: Readonly<Record<string, readonly KafkaRecord[]>>;
}

export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: string;
  /** Base64; absent, null or empty without a key. */
  readonly key?: string | null;
  /** Base64; absent or null for a tombstone. */
  readonly value?: string | null;
  /** One-key objects, so that order and repeated names survive; the bytes are signed (-128 to 127). */
  readonly headers?: readonly KafkaHeader[];
}

export type KafkaHeader = Readonly<Record<string, readonly number[] | null>>;

/** The answer: the records to be delivered again. An empty list says that all are done. */
export interface KafkaBatchResponse {
  readonly batchItemFailures: readonly BatchItemFailure[];
}

export interface BatchItemFailure {
  readonly itemIdentifier: KafkaItemIdentifier;
}

/**
 * Names one record of the event. An identifier that was not in the event makes Lambda retry the whole batch.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export interface KafkaItemIdentifier {
  /** The key of the event's `records`: `<topic>-<partition>`. */
  readonly partition: string;
  readonly offset: number;
}
