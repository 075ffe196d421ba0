import type { QueuedRecord } from '../record/queued-record.ts';
import { PartitionProgress } from '../batch/partition-progress.ts';
import { PartitionQueue } from '../batch/partition-queue.ts';

/** The read-ahead limit at which fetching from a partition pauses. */
export interface ReadAhead {
  readonly records: number;
  readonly bytes: number;
}

/** The records that one batch took from a partition. */
export interface LeaseTurn {
  readonly lease: PartitionLease;
  readonly records: readonly QueuedRecord[];
}

/**
 * A poller's hold on one partition, from the rebalance that assigns the partition to the one that revokes it. Only
 * the current holder of a lease may commit. A lease that has ended never restarts.
 */
export class PartitionLease {
  readonly partition: number;
  /** Records that wait for a batch. */
  readonly queue: PartitionQueue;
  /** The committable offsets. */
  progress = new PartitionProgress();
  /** Records before this offset are in flight or resolved, although the client may return them again. */
  #takenBefore = 0;
  /** The turns of batches in flight. */
  readonly #turns = new Set<LeaseTurn>();
  /** The turns whose batch is in a function call. */
  readonly #called = new Set<LeaseTurn>();
  /** The turns whose records are all handled, and whose commit is on its way. */
  readonly #uncommitted = new Set<LeaseTurn>();
  /** The turn that newer records wait for. */
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

  /** Returns whether batches with records of the partition are in flight. */
  get inFlight(): boolean {
    return this.#turns.size > 0;
  }

  /** Returns whether a function call has records of the partition right now. */
  get beingCalled(): boolean {
    return this.#called.size > 0;
  }

  /** Returns whether newer records wait for a batch in flight. */
  get held(): boolean {
    return this.#holder !== null;
  }

  /** Returns the polled records that no batch took before. */
  withoutTaken<T extends { readonly offset: number }>(polled: readonly T[]): readonly T[] {
    return polled.filter(({ offset }) => offset >= this.#takenBefore);
  }

  /** Adds polled records: the offsets of all, and the records that passed the filters. */
  push(polled: readonly number[], records: readonly QueuedRecord[], now: number): void {
    this.queue.push(records, now);
    this.progress.polled(polled);
    if (records.length === polled.length) return;
    const matched = new Set(records.map(({ offset }) => offset));
    this.progress.resolve(polled.filter((offset) => !matched.has(offset)));
  }

  /** Returns whether no batch holds the partition or soon will, so that no batch would commit the filtered records. */
  get idle(): boolean {
    return !this.held && this.queue.length === 0;
  }

  /** Takes the first records for a batch, which holds the partition until `letPass` or `release`. */
  take(count: number): LeaseTurn {
    const records = this.queue.take(count);
    const turn = { lease: this, records };
    this.#turns.add(turn);
    this.#holder = turn;
    return turn;
  }

  /** Marks the turn's batch as being in a function call until `answered`. */
  called(turn: LeaseTurn): void {
    this.#called.add(turn);
  }

  answered(turn: LeaseTurn): void {
    this.#called.delete(turn);
  }

  /** Lets newer records pass the turn's batch, which stays in flight. */
  letPass(turn: LeaseTurn, now: number): void {
    if (this.#holder !== turn) return;
    this.#holder = null;
    this.queue.release(now);
  }

  /**
   * Marks the records of the turn as handled. Newer ones may be taken while the commit is on its way, but not when
   * that of an earlier turn is too: so a member that dies leaves two batches at the most that are delivered again.
   * @returns whether newer records may be taken from now on.
   */
  handled(turn: LeaseTurn, now: number): boolean {
    this.#uncommitted.add(turn);
    return this.#letHandledPass(now);
  }

  /** Marks the turn's batch as completed. @returns whether newer records may be taken from now on. */
  release(turn: LeaseTurn, now: number): boolean {
    const wasHeld = this.held;
    this.letPass(turn, now);
    this.#turns.delete(turn);
    this.#uncommitted.delete(turn);
    this.#letHandledPass(now);
    return wasHeld && !this.held;
  }

  #letHandledPass(now: number): boolean {
    const holder = this.#holder;
    if (holder === null || this.#uncommitted.size !== 1 || !this.#uncommitted.has(holder)) return false;
    this.letPass(holder, now);
    return true;
  }

  wantsMore({ records, bytes }: ReadAhead): boolean {
    return this.queue.length < records && this.queue.bytes < bytes;
  }

  /**
   * Drops the records that were read ahead, because after a rebalance the client fetches from the committed offset
   * again. Batches in flight stay; their records are read again and skipped.
   */
  forgetReadAhead(): void {
    const [first] = this.queue.clear();
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
