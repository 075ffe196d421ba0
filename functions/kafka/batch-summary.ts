import type { FailureCode, RecordFailure } from '../kernel/record-failure.ts';
import type { RecordOutcome, SkipReason } from '../kernel/record-outcome.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';
import type { SettledRecord } from './batch-response.ts';
import type { ReceivedRecord } from './received-record.ts';

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
  const outcomes = { processed: 0, duplicate: 0, skipped: 0, parked: 0, failed: 0, heldBack: 0 };
  const failures: Partial<Record<FailureCode, number>> = {};
  const skips: Partial<Record<SkipReason, number>> = {};
  const failedRecords: FailedRecord[] = [];
  for (const { received, outcome } of settled) {
    outcomes[outcome.kind] += 1;
    if (outcome.kind === 'skipped') skips[outcome.reason] = (skips[outcome.reason] ?? 0) + 1;
    if (!('failure' in outcome)) continue;
    failures[outcome.failure.code] = (failures[outcome.failure.code] ?? 0) + 1;
    if (failedRecords.length < MAX_FAILED_RECORDS)
      failedRecords.push(failedRecord(received, outcome.failure));
  }
  return { records: settled.length, outcomes, failures, skips, failedRecords };
}

function failedRecord({ record }: ReceivedRecord, failure: RecordFailure): FailedRecord {
  const { topic, partition, offset } = record;
  return { topic, partition, offset, ...failure };
}
