import type { BackoffPolicy } from '../configuration/backoff-policy.ts';

/**
 * Returns the milliseconds to wait before the next try: full jitter below a bound that doubles with each consecutive
 * failed try. AWS does not document the waits of Kafka mappings.
 * @param failedTries number of consecutive failed tries so far, from 1.
 * @param random from 0 to below 1.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs({ baseMs, maximumMs }: BackoffPolicy, failedTries: number, random: number): number {
  const bound = Math.min(maximumMs, baseMs * 2 ** (failedTries - 1));
  return Math.round(random * bound);
}
