/** The source of the record's timestamp: the producer, or the broker when it appended the record. */
export type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

/** One record header. Names may repeat, and their order is part of the record. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer;
}

/** A record as a Kafka client returns it. */
export interface PolledRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  /** null is a tombstone; zero bytes are a value. */
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}
