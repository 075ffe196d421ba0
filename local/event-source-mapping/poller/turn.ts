import type { PartitionLease } from './partition-lease.ts';

/**
 * A batch's turn at its partitions, from taking the records until the batch is completed. The code that runs the
 * batch reports its progress here.
 */
export interface Turn {
  /** The leases of the batch's partitions. */
  readonly leases: ReadonlyMap<number, PartitionLease>;
  /** When it aborts, the open call ends and nothing is retried. */
  readonly stopping: AbortSignal;
  /** Marks the start of a function call. The leases of all its records are still valid. */
  beginCall(): void;
  /** Marks the end of a function call. */
  endCall(): void;
  /** Reports a failed try before its records are retried. */
  announceRetry(): void;
  /** Reports that nothing is left to do for the batch's records but to commit them. */
  handled(): void;
}
