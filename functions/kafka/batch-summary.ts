import type { FailureCode, RecordFailure } from '../kernel/record-failure.ts';
import type { RecordOutcome, SkipReason } from '../kernel/record-outcome.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';
import type { SettledRecord } from './batch-response.ts';

/** More failures than this in one batch have one cause; the counts tell the rest. */
const MAX_FAILED_RECORDS = 10;

/** What became of a batch: for the one log line and the metrics. Holds nothing of any key, value or header. */
export interface BatchSummary {
  readonly records: number;
  readonly outcomes: Readonly<Record<RecordOutcome['kind'], number>>;
  readonly failures: Readonly<Partial<Record<FailureCode, number>>>;
  readonly skips: Readonly<Partial<Record<SkipReason, number>>>;
  /** The first records that failed or were parked, with the reason. */
  readonly failedRecords: readonly FailedRecord[];
}

export interface FailedRecord extends TopicPartitionOffset, RecordFailure {}

export function summarize(settled: readonly SettledRecord[]): BatchSummary {
  const outcomes = settled.map(({ outcome }) => outcome);
  return {
    records: settled.length,
    outcomes: { ...NO_OUTCOMES, ...count(outcomes.map(({ kind }) => kind)) },
    failures: count(outcomes.flatMap((outcome) => ('failure' in outcome ? [outcome.failure.code] : []))),
    skips: count(outcomes.flatMap((outcome) => (outcome.kind === 'skipped' ? [outcome.reason] : []))),
    failedRecords: settled.flatMap(failedRecord).slice(0, MAX_FAILED_RECORDS),
  };
}

const NO_OUTCOMES: BatchSummary['outcomes'] = {
  processed: 0,
  duplicate: 0,
  skipped: 0,
  parked: 0,
  failed: 0,
  heldBack: 0,
};

function failedRecord({ received, outcome }: SettledRecord): readonly FailedRecord[] {
  if (!('failure' in outcome)) return [];
  const { topic, partition, offset } = received.record;
  return [{ topic, partition, offset, ...outcome.failure }];
}

function count<K extends string>(keys: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
