import type { FailureCode, RecordFailure } from '../kernel/record-failure.ts';
import type { EffectKind, RecordOutcome, SkipReason } from '../kernel/record-outcome.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';
import type { SettledRecord } from './batch-response.ts';
import type { ReceivedRecord } from './received-record.ts';
import { timelinessOf, type Timeliness } from './timeliness.ts';

/** The number of failures to list. More in one batch usually share a cause, and the counts include them. */
const MAX_FAILED_RECORDS = 10;

/** The result of a batch, for the one log line and the metrics. It contains nothing of any key, value or header. */
export interface BatchSummary {
  readonly records: number;
  readonly outcomes: Readonly<Record<RecordOutcome['kind'], number>>;
  readonly failures: Readonly<Partial<Record<FailureCode, number>>>;
  readonly skips: Readonly<Partial<Record<SkipReason, number>>>;
  /** What the business counts; a kind that did not happen is absent. */
  readonly effects: Readonly<Partial<Record<EffectKind, number>>>;
  readonly timeliness: Timeliness;
  /** The first records that failed or were parked, with the reason. */
  readonly failedRecords: readonly FailedRecord[];
}

export interface FailedRecord extends TopicPartitionOffset, RecordFailure {}

export function summarize(
  settled: readonly SettledRecord[],
  clock: Parameters<typeof timelinessOf>[1],
): BatchSummary {
  const outcomes = { processed: 0, duplicate: 0, skipped: 0, parked: 0, failed: 0, heldBack: 0 };
  const failures: Partial<Record<FailureCode, number>> = {};
  const skips: Partial<Record<SkipReason, number>> = {};
  const effects: Partial<Record<EffectKind, number>> = {};
  const failedRecords: FailedRecord[] = [];
  for (const { received, outcome } of settled) {
    outcomes[outcome.kind] += 1;
    if (outcome.kind === 'skipped') skips[outcome.reason] = (skips[outcome.reason] ?? 0) + 1;
    if (outcome.kind === 'processed' && outcome.effect !== undefined)
      effects[outcome.effect] = (effects[outcome.effect] ?? 0) + 1;
    if (!('failure' in outcome)) continue;
    failures[outcome.failure.code] = (failures[outcome.failure.code] ?? 0) + 1;
    if (failedRecords.length < MAX_FAILED_RECORDS)
      failedRecords.push(failedRecord(received, outcome.failure));
  }
  const timeliness = timelinessOf(settled, clock);
  return { records: settled.length, outcomes, failures, skips, effects, timeliness, failedRecords };
}

function failedRecord({ record }: ReceivedRecord, failure: RecordFailure): FailedRecord {
  const { topic, partition, offset } = record;
  return { topic, partition, offset, ...failure };
}
