import type { Pace } from './topology-types.ts';

/** The environment variables by which a consumer's function learns its pace; `functions/aws/environment.ts` reads them. */
export function paceEnvironment(pace: Pace): Readonly<Record<string, string>> {
  return {
    MAX_CONCURRENT_RUNS: `${pace.maxConcurrentRuns}`,
    MAX_RECORDS_PER_RUN: `${pace.maxRecordsPerRun}`,
    MIN_REMAINING_MS: `${pace.minRemainingMilliseconds}`,
  };
}
