import type { KafkaRecord } from '../record/kafka-record.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import { topicPartitionKey, type TopicPartition } from '../record/topic-partition.ts';

/**
 * The source of an event's records, as the event names it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
 */
export interface EventOrigin {
  /** The cluster's ARN, or null for self-managed Kafka, whose events have none. */
  readonly eventSourceArn: string | null;
  /** At least one `host:port`. */
  readonly bootstrapServers: readonly string[];
}

/** The event that a function receives. */
interface KafkaEvent {
  readonly eventSource: 'aws:kafka' | 'SelfManagedKafka';
  readonly eventSourceArn?: string;
  /** `host:port` of each broker, joined by commas. */
  readonly bootstrapServers: string;
  /** By `topic-partition`. */
  readonly records: Readonly<Record<string, readonly KafkaRecord[]>>;
}

/**
 * Builds the event as JSON text from the records' own wire forms. It is text, so that each attempt parses a fresh
 * copy and nothing is serialized twice.
 * @param records in event order, so that the records of a partition are adjacent.
 */
export function buildKafkaEvent(origin: EventOrigin, records: readonly QueuedRecord[]): string {
  let text = '';
  let previous: QueuedRecord | undefined;
  for (const record of records) {
    if (previous === undefined) text += `${envelopeHead(origin)}{${listHead(record)}`;
    else text += isSamePartition(previous, record) ? ',' : `],${listHead(record)}`;
    text += record.json;
    previous = record;
  }
  return previous === undefined ? `${envelopeHead(origin)}{}}` : `${text}]}}`;
}

function isSamePartition(left: TopicPartition, right: TopicPartition): boolean {
  return left.partition === right.partition && left.topic === right.topic;
}

function listHead(topicPartition: TopicPartition): string {
  return `"${topicPartitionKey(topicPartition)}":[`;
}

const emptyBytes = new WeakMap<EventOrigin, number>();

/** Returns the UTF-8 bytes of an event without records. */
export function emptyEventBytes(origin: EventOrigin): number {
  const known = emptyBytes.get(origin);
  if (known !== undefined) return known;
  const bytes = Buffer.byteLength(buildKafkaEvent(origin, []));
  emptyBytes.set(origin, bytes);
  return bytes;
}

/**
 * Returns the UTF-8 bytes that a partition adds to an event, without its records and commas: `"topic-0":[]`. Kafka
 * allows no topic name with a character that JSON would escape or UTF-8 would widen.
 */
export function partitionListBytes(topicPartition: TopicPartition): number {
  return listHead(topicPartition).length + 1;
}

/** Returns the UTF-8 bytes of an event with only this record. */
export function singleRecordEventBytes(origin: EventOrigin, record: QueuedRecord): number {
  return emptyEventBytes(origin) + partitionListBytes(record) + record.bytes;
}

/** Returns the text of the event up to the value of `records`, which is last. */
function envelopeHead({ eventSourceArn, bootstrapServers }: EventOrigin): string {
  const envelope: Omit<KafkaEvent, 'records'> = {
    ...(eventSourceArn === null
      ? { eventSource: 'SelfManagedKafka' }
      : { eventSource: 'aws:kafka', eventSourceArn }),
    bootstrapServers: bootstrapServers.join(','),
  };
  return `${JSON.stringify(envelope).slice(0, -1)},"records":`;
}
