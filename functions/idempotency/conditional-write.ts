import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { Result } from '../kernel/result.ts';

/**
 * What a write that is its own dedupe found: it took effect, or its condition met what is stored under the key already.
 * Meeting something does not mean that somebody else wrote it: a retry inside the SDK meets its own first write when the
 * reply to that was lost.
 */
export type ConditionalWrite<T> =
  { readonly kind: 'written' } | { readonly kind: 'met'; readonly existing: T };

export type WriteAnswer<T> = Result<ConditionalWrite<T>, EffectFailure>;
