import type { PoisonCode, PoisonFailure } from '../kernel/record-failure.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';
import type { KafkaRecord } from './kafka-event.ts';

/**
 * Bytes of a message body that SQS takes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
const MAX_MESSAGE_BYTES = 1_048_576;

/** The consumer that parked a record, and the time. */
export interface ParkedBy {
  /** The consumer group that could not process it. */
  readonly group: string;
  readonly functionVersion: string;
  /** RFC 3339. */
  readonly parkedAt: string;
}

interface Parking extends ParkedBy, TopicPartitionOffset {
  readonly version: 1;
  readonly reason: PoisonCode;
  readonly message: string;
  /** Of the record, in epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: string;
}

/** A message of the dead-letter queue: a record that can never succeed, exactly as it was received. */
interface ParkedRecord extends Parking, RecordContent {
  readonly kind: 'parked-record';
}

/** The same for a record that does not fit into a message: it has to be read from the topic again. */
interface ParkedRecordPointer extends Parking {
  readonly kind: 'parked-record-pointer';
}

export type ParkedMessage = ParkedRecord | ParkedRecordPointer;

/** Key, value and headers in their wire form, and whatever else Lambda sent with them. */
type RecordContent = Omit<KafkaRecord, keyof TopicPartitionOffset | 'timestamp' | 'timestampType'>;

/** The body of the message to be sent for a record that can never succeed. */
export function parkedMessageBody(record: KafkaRecord, failure: PoisonFailure, by: ParkedBy): string {
  const { topic, partition, offset, timestamp, timestampType, ...content } = record;
  const parking: Parking = {
    version: 1,
    ...by,
    topic,
    partition,
    offset,
    timestamp,
    timestampType,
    reason: failure.code,
    message: failure.message,
  };
  const full = toBody({ kind: 'parked-record', ...parking, ...content });
  if (Buffer.byteLength(full) <= MAX_MESSAGE_BYTES) return full;
  return toBody({ kind: 'parked-record-pointer', ...parking });
}

/**
 * SQS takes the characters of XML 1.0 only. `JSON.stringify` escapes control characters and lone surrogates, which
 * leaves these two.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
function toBody(message: ParkedMessage): string {
  return JSON.stringify(message)
    .replaceAll('\uFFFE', String.raw`\uFFFE`)
    .replaceAll('\uFFFF', String.raw`\uFFFF`);
}
