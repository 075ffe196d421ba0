import type { QueuedRecord } from '../record/queued-record.ts';
import { PartitionProgress } from '../batch/partition-progress.ts';
import { PartitionQueue } from '../batch/partition-queue.ts';

/** How far a poller reads ahead of its function before fetching from a partition pauses. */
export interface ReadAhead {
  readonly records: number;
  readonly bytes: number;
}

/** What one batch took from a partition. */
export interface LeaseTurn {
  readonly lease: PartitionLease;
  readonly records: readonly QueuedRecord[];
}

/**
 * What a poller holds of one partition, from the rebalance that gives it the partition to the one that takes it
 * away. Only the current holder of a lease may commit; a lease that ended stays ended.
 */
export class PartitionLease {
  readonly partition: number;
  /** Records that wait for a batch. */
  readonly queue: PartitionQueue;
  /** What may be committed. */
  progress = new PartitionProgress();
  #queuedBytes = 0;
  /** Records before this offset are in flight or done with, although the client may bring them again. */
  #takenBefore = 0;
  /** The turns of batches in flight. */
  readonly #turns = new Set<LeaseTurn>();
  /** Those among them whose batch is with the function. */
  readonly #called = new Set<LeaseTurn>();
  /** The one among them that newer records wait for. */
  #holder: LeaseTurn | null = null;
  readonly #ending = new AbortController();

  constructor(topic: string, partition: number) {
    this.partition = partition;
    this.queue = new PartitionQueue({ topic, partition });
  }

  get ended(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Fires when the lease ends. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Whether batches with records of the partition are in flight. */
  get inFlight(): boolean {
    return this.#turns.size > 0;
  }

  /** Whether the function has records of the partition right now. */
  get beingCalled(): boolean {
    return this.#called.size > 0;
  }

  /** Whether newer records wait for a batch in flight. */
  get held(): boolean {
    return this.#holder !== null;
  }

  /** Those of the polled records that no batch took before. */
  withoutTaken<T extends { readonly offset: number }>(polled: readonly T[]): readonly T[] {
    return polled.filter(({ offset }) => offset >= this.#takenBefore);
  }

  /** Takes what was polled: the offsets of all, and the records that passed the filters. */
  push(polled: readonly number[], records: readonly QueuedRecord[], now: number): void {
    this.queue.push(records, now);
    this.progress.polled(polled);
    const matched = new Set(records.map(({ offset }) => offset));
    this.progress.resolve(polled.filter((offset) => !matched.has(offset)));
    this.#queuedBytes += totalBytes(records);
  }

  /** Whether no batch holds the partition or soon will, so that none would commit what was filtered out. */
  get idle(): boolean {
    return !this.held && this.queue.length === 0;
  }

  /** Takes the first records for a batch, which holds the partition until `letPass` or `release`. */
  take(count: number): LeaseTurn {
    const records = this.queue.take(count);
    this.#queuedBytes -= totalBytes(records);
    const turn = { lease: this, records };
    this.#turns.add(turn);
    this.#holder = turn;
    return turn;
  }

  /** The turn's batch is with the function until `answered`. */
  called(turn: LeaseTurn): void {
    this.#called.add(turn);
  }

  answered(turn: LeaseTurn): void {
    this.#called.delete(turn);
  }

  /** Newer records no longer wait for the turn's batch, which stays in flight. */
  letPass(turn: LeaseTurn, now: number): void {
    if (this.#holder !== turn) return;
    this.#holder = null;
    this.queue.release(now);
  }

  /** The turn's batch is completed. */
  release(turn: LeaseTurn, now: number): void {
    this.letPass(turn, now);
    this.#turns.delete(turn);
  }

  wantsMore({ records, bytes }: ReadAhead): boolean {
    return this.queue.length < records && this.#queuedBytes < bytes;
  }

  /**
   * Lets go of what was read ahead: after a rebalance the client fetches from the committed offset again. Batches
   * in flight stay; their records come again and are passed over.
   */
  forgetReadAhead(): void {
    const [first] = this.queue.clear();
    this.#queuedBytes = 0;
    if (!this.inFlight) {
      this.progress = new PartitionProgress();
      return;
    }
    if (first !== undefined) this.progress.forgetFrom(first.offset);
    this.#takenBefore = this.progress.end;
  }

  end(): void {
    this.#ending.abort();
  }
}

function totalBytes(records: readonly QueuedRecord[]): number {
  return records.reduce((sum, { bytes }) => sum + bytes, 0);
}
