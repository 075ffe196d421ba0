import type { Batch } from '../batch/batch.ts';
import type { QueuedRecord } from '../record/queued-record.ts';

/**
 * Why records were given up. A Kafka destination spells the first `RetriesExhausted`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'MaximumPayloadSizeExceeded' | 'RecordAgeExceeded';

/** Records to give up: one message (or one per record, for Kafka) to the destination, then resolved. */
export interface Discard {
  readonly kind: 'discard';
  readonly batch: Batch;
  readonly condition: DiscardCondition;
}

/** What happens before a call: each record of the batch is in exactly one of these. */
export type AttemptDecision = { readonly kind: 'invoke'; readonly batch: Batch } | Discard;

/** What happens after a call: each record of the batch is in exactly one of these, once. */
export type RetryDecision =
  /** Done with; may be committed. */
  | { readonly kind: 'resolve'; readonly records: readonly QueuedRecord[] }
  /** Prepare and call again after the delay. */
  | { readonly kind: 'retry'; readonly batch: Batch; readonly delayMs: number }
  /** Run each half to its end, the first one first, without a delay. */
  | { readonly kind: 'bisect'; readonly halves: readonly [Batch, Batch] }
  | Discard;
