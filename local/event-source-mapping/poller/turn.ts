import type { PartitionLease } from './partition-lease.ts';

/**
 * A batch's turn at its partitions: it lasts from when the records are taken until the batch is completed. The run of
 * the batch tells it how far the batch is.
 */
export interface Turn {
  /** The leases of the batch's partitions. */
  readonly leases: ReadonlyMap<number, PartitionLease>;
  /** Once it fires, the call that is open ends and nothing is tried again. */
  readonly stopping: AbortSignal;
  /** Notes that the function gets records; none of them has a lease that had ended before. */
  beginCall(): void;
  /** Notes that the function has answered. */
  endCall(): void;
  /** Tells that a try failed and records are tried again, before they are. */
  announceRetry(): void;
}
