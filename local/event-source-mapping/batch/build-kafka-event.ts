import type { KafkaRecord } from '../record/kafka-record.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import { topicPartitionKey, type TopicPartition } from '../record/topic-partition.ts';

/**
 * Where the records of an event come from, as the event says it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
 */
export interface EventOrigin {
  /** The cluster's ARN, or null for self-managed Kafka, whose events have none. */
  readonly eventSourceArn: string | null;
  /** At least one `host:port`. */
  readonly bootstrapServers: readonly string[];
}

/** The event a function receives. */
interface KafkaEvent {
  readonly eventSource: 'aws:kafka' | 'SelfManagedKafka';
  readonly eventSourceArn?: string;
  /** `host:port` of each broker, joined by commas. */
  readonly bootstrapServers: string;
  /** By `topic-partition`. */
  readonly records: Readonly<Record<string, readonly KafkaRecord[]>>;
}

/**
 * The event as JSON text, joined from the records' own wire forms. Text, so that each attempt parses a fresh copy and
 * nothing is serialized twice.
 * @param records in event order, so that the records of a partition follow one another.
 */
export function buildKafkaEvent(origin: EventOrigin, records: readonly QueuedRecord[]): string {
  const lists = [...Map.groupBy(records, topicPartitionKey)].map(
    ([key, ofPartition]) => `${JSON.stringify(key)}:[${ofPartition.map(({ json }) => json).join(',')}]`,
  );
  return `${envelopeHead(origin)}{${lists.join(',')}}}`;
}

/** UTF-8 bytes of an event without records. */
export function emptyEventBytes(origin: EventOrigin): number {
  return Buffer.byteLength(`${envelopeHead(origin)}{}}`);
}

/** UTF-8 bytes that a partition adds to an event beside its records: `"topic-0":[]`. Commas come on top. */
export function partitionListBytes(topicPartition: TopicPartition): number {
  return Buffer.byteLength(`${JSON.stringify(topicPartitionKey(topicPartition))}:[]`);
}

/** UTF-8 bytes of the event that holds this record alone. */
export function singleRecordEventBytes(origin: EventOrigin, record: QueuedRecord): number {
  return emptyEventBytes(origin) + partitionListBytes(record) + record.bytes;
}

/** The event up to the value of `records`, which stands last. */
function envelopeHead({ eventSourceArn, bootstrapServers }: EventOrigin): string {
  const envelope: Omit<KafkaEvent, 'records'> = {
    ...(eventSourceArn === null
      ? { eventSource: 'SelfManagedKafka' }
      : { eventSource: 'aws:kafka', eventSourceArn }),
    bootstrapServers: bootstrapServers.join(','),
  };
  return `${JSON.stringify(envelope).slice(0, -1)},"records":`;
}
