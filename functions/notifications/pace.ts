import type { RunPolicy } from '../kafka/run-policy.ts';

/** The topology states the same pace, for the guard that fits a batch to its timeout. */
export const runPolicy: RunPolicy = {
  maxConcurrentRuns: 25,
  maxRecordsPerRun: 1,
  minRemainingMs: 17_000,
};
