import { compareOffsets } from '../record/topic-partition.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import type { FunctionCall } from './function-call.ts';

/**
 * The records of one event, and their history so far. A batch only shrinks (listed records, halves, records that are
 * too old), so each of its records was part of every counted call.
 */
export interface Batch {
  /** In event order: partitions ascending, then offsets. Never empty. */
  readonly records: readonly QueuedRecord[];
  /** Number of attempts that count against the retry limit: the first attempt and its retries, without splits. */
  readonly attempts: number;
  /**
   * Number of calls that reached the function with these records; `approximateInvokeCount` of the on-failure
   * document.
   */
  readonly calls: number;
  /** Number of consecutive tries without a result, including throttles. Only the backoff uses it. */
  readonly failedTries: number;
  /** The last call that reached the function, or null before the first. */
  readonly lastCall: FunctionCall | null;
}

/** Creates a batch that was never sent, with the records in event order. */
export function newBatch(records: readonly QueuedRecord[]): Batch {
  const inEventOrder = records.every(
    (record, index) => index === 0 || compareOffsets(records[index - 1] ?? record, record) <= 0,
  );
  return {
    records: inEventOrder ? records : records.toSorted(compareOffsets),
    attempts: 0,
    calls: 0,
    failedTries: 0,
    lastCall: null,
  };
}
