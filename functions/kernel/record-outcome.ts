import type { PoisonFailure, RetryableFailure } from './record-failure.ts';
import type { TopicPartitionOffset } from './topic-partition-offset.ts';

/** Why a good record has no effect in this consumer, by definition. `corrected`: what it corrects, or a correction of it, had its effect. */
export type SkipReason = 'tombstone' | 'no-lines' | 'no-contact' | 'cancelled-first' | 'corrected';

/** Effects that the business counts, each with the name of its metric. */
export const COUNTED_EFFECTS = [
  { kind: 'invoice', metric: 'Invoices' },
  { kind: 'backorder', metric: 'Backorders' },
] as const;

export type EffectKind = (typeof COUNTED_EFFECTS)[number]['kind'];

/** The fate of one record; each record of a batch ends with exactly one. */
export type RecordOutcome =
  | { readonly kind: 'processed'; readonly effect?: EffectKind }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  /** Can never succeed; kept in the consumer's dead-letter queue with its reason. */
  | { readonly kind: 'parked'; readonly failure: PoisonFailure }
  /** Worth another try: reported to Lambda. */
  | { readonly kind: 'failed'; readonly failure: RetryableFailure }
  /** Not started, because an earlier record of its lane failed: reported to Lambda too. */
  | { readonly kind: 'heldBack'; readonly behind: TopicPartitionOffset };

/**
 * A consumer's answer for one record. It never parks: it says `poison`, and the batch processor turns that into
 * `parked`, or into `failed` when the dead-letter queue does not accept the record.
 */
export type ConsumerOutcome =
  | Extract<RecordOutcome, { kind: 'processed' | 'duplicate' | 'skipped' | 'failed' }>
  | { readonly kind: 'poison'; readonly failure: PoisonFailure };
