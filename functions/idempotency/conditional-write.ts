import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { Result } from '../kernel/result.ts';

/**
 * The result of a write that deduplicates itself: it took effect, or its condition failed because of the stored item.
 * The stored item may be our own: a retry inside the SDK meets its own first write when the reply was lost.
 */
export type ConditionalWrite<T> =
  { readonly kind: 'written' } | { readonly kind: 'met'; readonly existing: T };

export type WriteAnswer<T> = Result<ConditionalWrite<T>, EffectFailure>;
