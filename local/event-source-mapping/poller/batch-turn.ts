import type { LeaseBook } from './lease-book.ts';
import type { LeaseTurn, PartitionLease } from './partition-lease.ts';
import type { Turn } from './turn.ts';

export interface BatchTurnDeps {
  readonly book: Pick<LeaseBook, 'answered' | 'fetchMore'>;
  /** True when a partition waits while its records are retried. */
  readonly holdPartition: boolean;
  readonly stopping: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Called when newer records may be taken. */
  readonly passed: () => void;
  /** Returns whether the group surely still waits for this member. */
  readonly isMember: () => boolean;
  /** Called when the batch's slot may have its next batch. */
  readonly done: () => void;
}

/** The turn of one batch at its partitions, created by the poller that took its records. */
export class BatchTurn implements Turn {
  readonly leases: ReadonlyMap<number, PartitionLease>;
  readonly #leaseTurns: readonly LeaseTurn[];
  readonly #deps: BatchTurnDeps;

  /** @param leaseTurns - the records that the batch took, one entry for each of its partitions. */
  constructor(leaseTurns: readonly LeaseTurn[], deps: BatchTurnDeps) {
    this.leases = new Map(leaseTurns.map(({ lease }) => [lease.partition, lease]));
    this.#leaseTurns = leaseTurns;
    this.#deps = deps;
  }

  get stopping(): AbortSignal {
    return this.#deps.stopping;
  }

  beginCall(): void {
    for (const turn of this.#leaseTurns) turn.lease.called(turn);
  }

  endCall(): void {
    for (const turn of this.#leaseTurns) this.#deps.book.answered(turn);
  }

  /** Lets newer records overtake those of the batch, unless the partition is held. */
  announceRetry(): void {
    const { book, holdPartition, now, passed } = this.#deps;
    if (holdPartition) return;
    for (const turn of this.#leaseTurns) {
      turn.lease.letPass(turn, now());
      if (!turn.lease.ended) book.fetchMore(turn.lease);
    }
    passed();
  }

  /**
   * Lets the next batch begin while the commit of this one is on its way. A member that may have been removed from its
   * group waits for the commit, which tells whether the partitions are still its own.
   */
  handled(): void {
    if (!this.#deps.isMember()) return;
    const { book, now, done } = this.#deps;
    for (const turn of this.#leaseTurns) {
      if (turn.lease.handled(turn, now()) && !turn.lease.ended) book.fetchMore(turn.lease);
    }
    done();
  }
}
