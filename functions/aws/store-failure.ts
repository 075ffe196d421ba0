import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { PoisonFailure, RetryableFailure } from '../kernel/record-failure.ts';

/** Requests that DynamoDB will refuse however often they are sent. */
const REFUSALS: ReadonlySet<string> = new Set([
  'ValidationException',
  'ItemCollectionSizeLimitExceededException',
]);

/** Any error of a call to DynamoDB as a failure. Its message may quote the item, so only its name is passed on. */
export function storeFailure(cause: unknown): EffectFailure {
  return isRefusal(cause) ? storeRefused(cause) : storeUnavailable(cause);
}

export function isRefusal(cause: unknown): boolean {
  return REFUSALS.has(errorName(cause));
}

export function storeRefused(cause: unknown): PoisonFailure {
  return { code: 'store-refused', message: `DynamoDB refuses this write: ${errorName(cause)}.`, cause };
}

export function storeUnavailable(cause: unknown): RetryableFailure {
  return { code: 'store-unavailable', message: `DynamoDB did not write: ${errorName(cause)}.`, cause };
}

/** The SDK's errors carry AWS's error code as their name; network errors carry a code besides. */
export function errorName(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'an error of an unknown kind';
}

/** What a part of a call ran into that was answered as a whole: as an error of that name, which quotes nothing. */
export function partialError(code: string): Error {
  return Object.assign(new Error('A part of the call was not done.'), { name: code });
}
