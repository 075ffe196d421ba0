/** The settings for passing the lanes of a batch to the consumer. */
export interface RunPolicy {
  /** Runs in progress at once; with one record a run, this is how many lanes are worked on at once. */
  readonly maxConcurrentRuns: number;
  /** 1: a lane goes record by record. More: a run takes consecutive records, of as many lanes as fit. */
  readonly maxRecordsPerRun: number;
  /** Milliseconds that must remain of the invocation for a run to be started, however fast runs have been so far. */
  readonly minRemainingMs: number;
}
