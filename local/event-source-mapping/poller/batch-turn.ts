import type { LeaseBook } from './lease-book.ts';
import type { LeaseTurn, PartitionLease } from './partition-lease.ts';
import type { Turn } from './turn.ts';

export interface BatchTurnDeps {
  readonly book: Pick<LeaseBook, 'answered' | 'fetchMore'>;
  /** Whether a partition waits while records of it are retried. */
  readonly holdPartition: boolean;
  readonly stopping: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Hears that newer records may be taken. */
  readonly passed: () => void;
}

/** The turn of one batch, as the poller that took its records gives it. */
export class BatchTurn implements Turn {
  readonly leases: ReadonlyMap<number, PartitionLease>;
  readonly #leaseTurns: readonly LeaseTurn[];
  readonly #deps: BatchTurnDeps;

  /** @param leaseTurns - what the batch took, one for each of its partitions. */
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

  /** Lets newer records overtake those of the batch, unless the partition is held meanwhile. */
  announceRetry(): void {
    const { book, holdPartition, now, passed } = this.#deps;
    if (holdPartition) return;
    for (const turn of this.#leaseTurns) {
      turn.lease.letPass(turn, now());
      if (!turn.lease.ended) book.fetchMore(turn.lease);
    }
    passed();
  }
}
