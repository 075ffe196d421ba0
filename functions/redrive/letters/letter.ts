import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { TopicPartitionOffset } from '../../kernel/topic-partition-offset.ts';

/** The content of a message in a dead-letter queue. */
export type Letter = ParkedLetter | PointerLetter | MalformedLetter;

/** A record that the consumer itself has parked. */
export interface ParkedLetter {
  readonly kind: 'parked';
  readonly record: TopicPartitionOffset;
  /** Of the record, epoch milliseconds. */
  readonly timestampMs: number;
  /** The code of the failure. */
  readonly reason: string;
  /** What the failure says, for people; quotes nothing of the record. */
  readonly message: string;
  /** Whether the message holds the whole record. Where it was too large for that, it has to be read from the topic again. */
  readonly isWhole: boolean;
  /** The record, where the message holds it and it is still kept in memory. */
  readonly content: KafkaRecord | undefined;
}

/** Records that the event source mapping discarded: their positions, not their content. */
export interface PointerLetter {
  readonly kind: 'pointer';
  /** Lambda's word for it, such as `RetryAttemptsExhausted`. */
  readonly reason: string;
  readonly ranges: readonly PointedRange[];
}

/** Offsets of one partition from the first to the last, both included. Some of them may have succeeded. */
export interface PointedRange {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  /** Of the first record, epoch milliseconds; undefined where the message does not say. */
  readonly firstTimestampMs: number | undefined;
}

/** Neither of the two. It is shown, and stays where it is. */
export interface MalformedLetter {
  readonly kind: 'malformed';
  /** What is wrong with it; quotes nothing of it. */
  readonly why: string;
}
