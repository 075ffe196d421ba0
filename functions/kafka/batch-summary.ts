import type { FailureCode } from '../kernel/record-failure.ts';
import type { RecordOutcome, SkipReason } from '../kernel/record-outcome.ts';

/** What became of a batch, in counts: for the one log line and the metrics. */
export interface BatchSummary {
  readonly records: number;
  readonly outcomes: Readonly<Record<RecordOutcome['kind'], number>>;
  readonly failures: Readonly<Partial<Record<FailureCode, number>>>;
  readonly skips: Readonly<Partial<Record<SkipReason, number>>>;
}
