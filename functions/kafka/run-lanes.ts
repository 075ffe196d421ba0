import type { RecordOutcome } from '../kernel/record-outcome.ts';
import { LaneQueue, type Run } from './lane-queue.ts';
import type { Lane } from './lanes.ts';
import type { ReceivedRecord } from './received-record.ts';
import type { RunPolicy } from './run-policy.ts';

/** Completes a run: one outcome for each record, in their order. Never rejects. */
export type SettleRun = (records: readonly ReceivedRecord[]) => Promise<readonly RecordOutcome[]>;

/**
 * Works through the lanes, several runs at a time and each lane in its order, until every record has its outcome.
 * @returns the outcomes by the positions of the records.
 */
export async function runLanes(
  lanes: readonly Lane[],
  settle: SettleRun,
  policy: Pick<RunPolicy, 'maxConcurrentRuns' | 'maxRecordsPerRun'>,
): Promise<readonly (RecordOutcome | undefined)[]> {
  const queue = new LaneQueue(lanes);
  let running = 0;

  async function startRuns(): Promise<void> {
    const started: Promise<void>[] = [];
    for (let run = nextRun(); run !== undefined; run = nextRun()) started.push(finish(run));
    await Promise.all(started);
  }

  function nextRun(): Run | undefined {
    if (running >= policy.maxConcurrentRuns) return undefined;
    const run = queue.takeRun(policy.maxRecordsPerRun);
    return run.records.length === 0 ? undefined : run;
  }

  async function finish(run: Run): Promise<void> {
    running += 1;
    const outcomes = await settle(run.records);
    running -= 1;
    queue.settle(run, outcomes);
    await startRuns();
  }

  await startRuns();
  return queue.outcomes;
}
