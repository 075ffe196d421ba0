const BASE_MS = 20;
const LONGEST_MS = 1_000;

/**
 * Milliseconds to wait before another try, after `tries` of them: full jitter, so that writers that collided do not
 * collide again. `random` is in [0, 1).
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(tries: number, random: number): number {
  return Math.floor(random * Math.min(LONGEST_MS, BASE_MS * 2 ** tries));
}
