import { toWireHeader } from './kafka-record.ts';
import type { PolledRecord, RecordHeader, TimestampType } from './polled-record.ts';
import type { TopicPartitionOffset } from './topic-partition.ts';

/** A polled record in a queue, with its wire form, a `KafkaRecord`. */
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

/**
 * Queues a record in its own bytes. Its wire form is a third longer, so it is written only when an event or a document
 * needs it; until then, its length is known.
 */
export function toQueuedRecord(record: PolledRecord, tombstone: 'omit' | 'null'): QueuedRecord {
  return new WaitingRecord(record, tombstone);
}

class WaitingRecord implements QueuedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly bytes: number;
  /** The text of the headers. */
  readonly #headers: string;
  readonly #tombstone: 'omit' | 'null';

  constructor(record: PolledRecord, tombstone: 'omit' | 'null') {
    this.topic = record.topic;
    this.partition = record.partition;
    this.offset = record.offset;
    this.timestamp = record.timestamp;
    this.timestampType = record.timestampType;
    this.key = record.key;
    this.value = record.value;
    this.#tombstone = tombstone;
    this.#headers = headersText(record.headers);
    this.bytes =
      startLength(record) +
      (this.key === null ? 0 : KEY.length + base64TextLength(this.key)) +
      (this.value === null ? this.#noValue().length : VALUE.length + base64TextLength(this.value)) +
      HEADERS.length +
      Buffer.byteLength(this.#headers) +
      END.length;
  }

  get json(): string {
    const { key, value } = this;
    const keyText = key === null ? '' : `${KEY}"${key.toString('base64')}"`;
    const valueText = value === null ? this.#noValue() : `${VALUE}"${value.toString('base64')}"`;
    return this.#start() + keyText + valueText + HEADERS + this.#headers + END;
  }

  #start(): string {
    return `{"topic":"${this.topic}","partition":${this.partition},"offset":${this.offset},"timestamp":${this.timestamp},"timestampType":"${this.timestampType}"`;
  }

  #noValue(): string {
    return this.#tombstone === 'omit' ? '' : `${VALUE}null`;
  }
}

/**
 * Returns the length of the text in front of the key. Kafka allows no topic name with a character that JSON would
 * escape or UTF-8 would widen.
 */
function startLength({ topic, partition, offset, timestamp, timestampType }: PolledRecord): number {
  return (
    START_WITHOUT_VALUES +
    topic.length +
    decimalLength(partition) +
    decimalLength(offset) +
    decimalLength(timestamp) +
    timestampType.length
  );
}

const START_WITHOUT_VALUES = '{"topic":"","partition":,"offset":,"timestamp":,"timestampType":""'.length;

/** Returns the length of a whole number in decimal. */
function decimalLength(number: number): number {
  let length = number < 0 ? 2 : 1;
  for (let limit = 10; Math.abs(number) >= limit; limit *= 10) length += 1;
  return length;
}

const KEY = ',"key":';
const VALUE = ',"value":';
const HEADERS = ',"headers":';
const END = '}';

function headersText(headers: readonly RecordHeader[]): string {
  return headers.length === 0 ? '[]' : JSON.stringify(headers.map(toWireHeader));
}

/** Returns the length of bytes as base64 in quotes. */
function base64TextLength({ length }: Buffer): number {
  return 4 * Math.ceil(length / 3) + 2;
}
