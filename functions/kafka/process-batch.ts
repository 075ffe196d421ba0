import { unexpected } from '../kernel/record-failure.ts';
import type { RecordOutcome } from '../kernel/record-outcome.ts';
import type { AttemptBook } from './attempts/attempt-book.ts';
import { toBatchResponse } from './batch-response.ts';
import { type BatchSummary, summarize } from './batch-summary.ts';
import { countFaults } from './attempts/count-faults.ts';
import { countLoneAttempts } from './attempts/count-lone-attempts.ts';
import { DeadlineGuard } from './deadline-guard.ts';
import { holdBackFailure } from './hold-back-failure.ts';
import type { KafkaBatchResponse, KafkaEvent } from './kafka-event.ts';
import { groupIntoLanes } from './lanes.ts';
import { receivedRecords } from './received-record.ts';
import { runLanes, type SettleRun } from './run-lanes.ts';
import type { RunPolicy } from './run-policy.ts';
import { type SettleDependencies, settleRun } from './settle-run.ts';

/** The ports of a batch. `V` is the type of a parsed value. */
export interface BatchDependencies<V> extends SettleDependencies<V> {
  readonly policy: RunPolicy;
  readonly attempts: AttemptBook;
  /** A unique id of this invocation. */
  readonly invocationId: string;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** The age up to which an effect is in time. */
  readonly objectiveMs: number;
  readonly pause: (ms: number) => Promise<void>;
}

export interface BatchResult {
  readonly response: KafkaBatchResponse;
  readonly summary: BatchSummary;
}

/**
 * Works on a batch: lanes of one key at the same time, the records of a lane in offset order, each lane up to its
 * first failure. Every record ends with exactly one outcome.
 * @throws TypeError when the event is not from a Kafka event source mapping.
 */
export async function processBatch<V>(event: KafkaEvent, deps: BatchDependencies<V>): Promise<BatchResult> {
  const startedWithMs = deps.deadline.remainingMs();
  const batch = receivedRecords(event);
  const settle = countLoneAttempts(guardedSettle(deps), batch, deps);
  const outcomes = await runLanes(groupIntoLanes(batch), settle, deps.policy);
  const settled = await countFaults(
    batch.map((received) => ({ received, outcome: outcomes[received.position] ?? lost() })),
    deps,
  );
  const clock = { nowMs: deps.nowMs(), objectiveMs: deps.objectiveMs };
  await holdBackFailure(settled, { ...deps, startedWithMs });
  return { response: toBatchResponse(settled), summary: summarize(settled, clock) };
}

/** Without time for a run its records come again: they fail, and what is behind them is held back. */
function guardedSettle<V>(deps: BatchDependencies<V>): SettleRun {
  const guard = new DeadlineGuard(deps.deadline, deps.policy.minRemainingMs);
  return async (run) => {
    if (!guard.hasTimeForRun()) return run.map(outOfTime);
    return guard.timed(() => settleRun(run, deps));
  };
}

function outOfTime(): RecordOutcome {
  const message = 'Not started: too little time was left in this invocation.';
  return { kind: 'failed', failure: { code: 'out-of-time', message } };
}

/** Never expected; a record without an outcome is better delivered again than lost. */
function lost(): RecordOutcome {
  return { kind: 'failed', failure: unexpected('The record was left without an outcome.') };
}
