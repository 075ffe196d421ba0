const SECONDS_PER_DAY = 86_400;

/** Returns the current value of an item's `expiresAt`: epoch seconds, as DynamoDB's time to live requires. */
export type ItemExpiry = () => number;

/** `nowMs` answers epoch milliseconds. */
export function expiryAfter(days: number, nowMs: () => number): ItemExpiry {
  return () => Math.floor(nowMs() / 1_000) + days * SECONDS_PER_DAY;
}
