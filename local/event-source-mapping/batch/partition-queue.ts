import type { QueuedRecord } from '../record/queued-record.ts';
import type { TopicPartition } from '../record/topic-partition.ts';

/** The number of taken records before the head at which they are freed, so that a dequeue costs constant time. */
const COMPACT_AFTER = 1024;

/**
 * The matched records of one partition that wait for a batch, in offset order. While a batch holds the partition,
 * nothing may be taken from it.
 */
export class PartitionQueue {
  readonly topicPartition: TopicPartition;
  #records: QueuedRecord[] = [];
  #head = 0;
  #held = false;
  #availableSince: number | null = null;
  #bytes = 0;
  #largestBytes = 0;

  constructor(topicPartition: TopicPartition) {
    this.topicPartition = topicPartition;
  }

  get length(): number {
    return this.#records.length - this.#head;
  }

  /** Epoch milliseconds since a batch can take records here, or null while it cannot. */
  get availableSince(): number | null {
    return this.#availableSince;
  }

  /** UTF-8 bytes of all waiting records. */
  get bytes(): number {
    return this.#bytes;
  }

  /** No waiting record has more UTF-8 bytes than this. */
  get largestBytes(): number {
    return this.#largestBytes;
  }

  /** Appends records. Their offsets must ascend and exceed those already queued. */
  push(records: readonly QueuedRecord[], now: number): void {
    for (const record of records) {
      this.#records.push(record);
      this.#bytes += record.bytes;
      this.#largestBytes = Math.max(this.#largestBytes, record.bytes);
    }
    this.#update(now);
  }

  /** UTF-8 bytes of the n-th waiting record, from 0; undefined past the end. */
  bytesAt(index: number): number | undefined {
    return this.#records[this.#head + index]?.bytes;
  }

  /** Removes the first records for a batch, which holds the partition until `release`. */
  take(count: number): QueuedRecord[] {
    const taken = this.#records.slice(this.#head, this.#head + count);
    this.#head += taken.length;
    for (const { bytes } of taken) this.#bytes -= bytes;
    if (this.length === 0) this.#largestBytes = 0;
    this.#held = true;
    this.#availableSince = null;
    if (this.#head >= COMPACT_AFTER && this.#head * 2 >= this.#records.length) this.#compact();
    return taken;
  }

  /** Frees the partition, when the batch that holds it is completed or lets newer records overtake. */
  release(now: number): void {
    this.#held = false;
    this.#update(now);
  }

  /** Drops all waiting records. A held partition stays held. @returns the dropped records. */
  clear(): QueuedRecord[] {
    const waited = this.#records.slice(this.#head);
    this.#records = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#largestBytes = 0;
    this.#availableSince = null;
    return waited;
  }

  #update(now: number): void {
    if (!this.#held && this.length > 0) this.#availableSince ??= now;
  }

  #compact(): void {
    this.#records = this.#records.slice(this.#head);
    this.#head = 0;
  }
}
