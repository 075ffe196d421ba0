import type { BackoffPolicy } from '../configuration/backoff-policy.ts';

/**
 * Milliseconds to wait before the next try: full jitter below a bound that doubles with each failed try in a row.
 * AWS does not document the waits of Kafka mappings.
 * @param failedTries failed tries in a row so far, from 1.
 * @param random from 0 to below 1.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs({ baseMs, maximumMs }: BackoffPolicy, failedTries: number, random: number): number {
  const bound = Math.min(maximumMs, baseMs * 2 ** (failedTries - 1));
  return Math.round(random * bound);
}
