import { isRetryable, type PoisonFailure, type RetryableFailure } from './record-failure.ts';
import type { ConsumerOutcome } from './record-outcome.ts';

/** A failure that a port reports: the code says whether another try can cure it. */
export type EffectFailure = RetryableFailure | PoisonFailure;

/** The fate of a record whose effect failed in this way. */
export function outcomeOfFailure(failure: EffectFailure): ConsumerOutcome {
  return isRetryable(failure) ? { kind: 'failed', failure } : { kind: 'poison', failure };
}
