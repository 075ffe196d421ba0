import type { QueuedRecord } from '../queued-record.ts';
import { PartitionProgress } from '../partition-progress.ts';
import { PartitionQueue } from '../partition-queue.ts';

/** How far a poller reads ahead of its function before fetching from a partition pauses. */
export interface ReadAhead {
  readonly records: number;
  readonly bytes: number;
}

/**
 * What a poller holds of one partition, from the rebalance that gives it the partition to the one that takes it
 * away. Only the current holder of a lease may commit; a lease that ended stays ended.
 */
export class PartitionLease {
  readonly partition: number;
  /** Records that wait for a batch. */
  queue: PartitionQueue;
  /** What may be committed. */
  progress = new PartitionProgress();
  readonly #topic: string;
  #queuedBytes = 0;
  /** Records before this offset are done with, although the client may bring them again. */
  #doneBefore = 0;
  #ended = false;
  /** Set while a batch with records of the partition is in flight. */
  busy = false;
  /** Whether the records behind the batch in flight were let go, so that they must be fetched again. */
  refetch = false;

  constructor(topic: string, partition: number) {
    this.#topic = topic;
    this.partition = partition;
    this.queue = new PartitionQueue({ topic, partition });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Those of the polled records that are not done with yet. */
  withoutDone<T extends { readonly offset: number }>(polled: readonly T[]): readonly T[] {
    return polled.filter(({ offset }) => offset >= this.#doneBefore);
  }

  /** Takes what was polled: the offsets of all, and the records that passed the filters. */
  push(polled: readonly number[], records: readonly QueuedRecord[], now: number): void {
    this.queue.push(records, now);
    this.progress.polled(polled);
    const matched = new Set(records.map(({ offset }) => offset));
    this.progress.resolve(polled.filter((offset) => !matched.has(offset)));
    this.#queuedBytes += totalBytes(records);
  }

  /** Whether no record of the partition waits or is in flight, so that no batch would commit what was filtered out. */
  get idle(): boolean {
    return !this.busy && this.queue.length === 0;
  }

  /** Takes the first records for a batch; the partition is busy until `release`. */
  take(count: number): QueuedRecord[] {
    const taken = this.queue.take(count);
    this.#queuedBytes -= totalBytes(taken);
    this.busy = true;
    return taken;
  }

  /** The batch that held the partition is completed. */
  release(now: number): void {
    if (this.refetch) {
      this.#doneBefore = this.progress.position;
      this.progress = new PartitionProgress();
    }
    this.busy = false;
    this.refetch = false;
    this.queue.release(now);
  }

  wantsMore({ records, bytes }: ReadAhead): boolean {
    return this.queue.length < records && this.#queuedBytes < bytes;
  }

  /**
   * Lets go of what was read ahead: after a rebalance the client fetches from the committed offset again. A batch
   * in flight stays; when it is completed, its records come again and are passed over. (The client is not told to
   * begin behind them: it would remember that until it fetches from the partition, which may be after another member
   * had it.)
   */
  forgetReadAhead(): void {
    this.queue = new PartitionQueue({ topic: this.#topic, partition: this.partition });
    this.#queuedBytes = 0;
    if (this.busy) {
      this.refetch = true;
      // The new queue is held as the old one was.
      this.queue.take(0);
    } else {
      this.progress = new PartitionProgress();
    }
  }

  end(): void {
    this.#ended = true;
  }
}

function totalBytes(records: readonly QueuedRecord[]): number {
  return records.reduce((sum, { bytes }) => sum + bytes, 0);
}
