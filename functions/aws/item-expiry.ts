const SECONDS_PER_DAY = 86_400;

/** Gives the value of an item's `expiresAt` as of now: epoch seconds, as DynamoDB's time to live wants them. */
export type ItemExpiry = () => number;

/** `nowMs` answers epoch milliseconds. */
export function expiryAfter(days: number, nowMs: () => number): ItemExpiry {
  return () => Math.floor(nowMs() / 1_000) + days * SECONDS_PER_DAY;
}
