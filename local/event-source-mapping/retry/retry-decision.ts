import type { Batch } from '../batch/batch.ts';
import type { QueuedRecord } from '../record/queued-record.ts';

/**
 * The reason for discarding records. A Kafka destination spells the first one `RetriesExhausted`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'MaximumPayloadSizeExceeded' | 'RecordAgeExceeded';

/** Records to discard: one message (or one per record, for Kafka) goes to the destination, then they are resolved. */
export interface Discard {
  readonly kind: 'discard';
  readonly batch: Batch;
  readonly condition: DiscardCondition;
}

/** The decisions before a call. Each record of the batch is in exactly one. */
export type AttemptDecision = { readonly kind: 'invoke'; readonly batch: Batch } | Discard;

/** The decisions after a call. Each record of the batch is in exactly one, once. */
export type RetryDecision =
  /** Resolved records, which may be committed. */
  | { readonly kind: 'resolve'; readonly records: readonly QueuedRecord[] }
  /** Prepare and call again after the delay. */
  | { readonly kind: 'retry'; readonly batch: Batch; readonly delayMs: number }
  /** Run each half to its end, the first one first, without a delay. */
  | { readonly kind: 'bisect'; readonly halves: readonly [Batch, Batch] }
  | Discard;
