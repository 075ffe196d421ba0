import type { RunPolicy } from '../kafka/run-policy.ts';

/** The topology states the same pace, for the guard that fits a batch to its timeout. */
export const runPolicy: RunPolicy = {
  // A run is one request for its invoices: as many as a batch of statements may hold.
  maxConcurrentRuns: 4,
  maxRecordsPerRun: 25,
  minRemainingMs: 4_000,
};
