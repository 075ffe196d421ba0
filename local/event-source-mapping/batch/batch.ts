import { compareOffsets } from '../record/topic-partition.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import type { FunctionCall } from './function-call.ts';

/**
 * The records of one event, and what has happened to them so far. A batch only ever shrinks (listed records, halves,
 * records too old), so every record in it was in every call it counts.
 */
export interface Batch {
  /** In event order: partitions ascending, then offsets. Never empty. */
  readonly records: readonly QueuedRecord[];
  /** Attempts that count against the retry limit: the first attempt and its retries, without splits. */
  readonly attempts: number;
  /** Calls that reached the function with these records; `approximateInvokeCount` of the on-failure document. */
  readonly calls: number;
  /** Tries in a row that ended without a result, throttles included. It sets the backoff and nothing else. */
  readonly failedTries: number;
  /** The last call that reached the function, or null before the first. */
  readonly lastCall: FunctionCall | null;
}

/** A batch that was never sent. Puts the records in event order. */
export function newBatch(records: readonly QueuedRecord[]): Batch {
  const inEventOrder = records.toSorted(compareOffsets);
  return { records: inEventOrder, attempts: 0, calls: 0, failedTries: 0, lastCall: null };
}
