import { toKafkaRecord } from './kafka-record.ts';
import type { PolledRecord } from './polled-record.ts';
import type { TopicPartitionOffset } from './topic-partition.ts';

/**
 * A polled record in a queue. Its wire form is computed once, when it is polled, so that batching, every attempt and
 * the on-failure document only join strings.
 */
export interface QueuedRecord extends TopicPartitionOffset {
  /** Epoch milliseconds; record age counts from here. */
  readonly timestamp: number;
  /** Kept separately from the wire form, because a Kafka on-failure destination writes the record under its own key. */
  readonly key: Buffer | null;
  /** The record's JSON text in the event. */
  readonly json: string;
  /** UTF-8 length of `json`. */
  readonly bytes: number;
}

/** Computes a record's wire form. */
export function toQueuedRecord(record: PolledRecord, tombstone: 'omit' | 'null'): QueuedRecord {
  const json = JSON.stringify(toKafkaRecord(record, tombstone));
  return {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    key: record.key,
    json,
    bytes: Buffer.byteLength(json),
  };
}
