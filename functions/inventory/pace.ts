import type { RunPolicy } from '../kafka/run-policy.ts';

/** The topology states the same pace, for the guard that fits a batch to its timeout. */
export const runPolicy: RunPolicy = {
  // One run at a time: it is split into transactions by what they touch, which only works on all that is in progress.
  maxConcurrentRuns: 1,
  maxRecordsPerRun: 250,
  minRemainingMs: 4_000,
};
