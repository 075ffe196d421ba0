/**
 * The time that a claim outlives its invocation. The invocation cannot be running by then, even when the clocks of
 * two execution environments differ by a few seconds.
 */
const LEASE_MARGIN_MS = 5_000;

/** The state of a claim: still owned, or lapsed. */
export type LeaseState = { readonly kind: 'live'; readonly remainingMs: number } | { readonly kind: 'over' };

/**
 * Returns the time when a claim made now lapses, in epoch milliseconds: after the rest of the invocation and a
 * margin. So a lease is never longer than the function's timeout plus 5 s, and retries after a crash outlast it.
 */
export function leaseUntil(nowMs: number, invocationRemainingMs: number): number {
  return nowMs + Math.max(0, invocationRemainingMs) + LEASE_MARGIN_MS;
}

export function leaseState(leaseUntilMs: number, nowMs: number): LeaseState {
  const remainingMs = leaseUntilMs - nowMs;
  return remainingMs > 0 ? { kind: 'live', remainingMs } : { kind: 'over' };
}
