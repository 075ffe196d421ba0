/** The time limit for a rebalance. A new member takes some seconds to start and to join. */
export const CHANGES_WITHIN_MS = 15_000;
