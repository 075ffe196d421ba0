import type { Deadline } from '../kernel/deadline.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { SettleEvents } from '../kernel/settle-events.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import type { ProcessRecords } from './process-records.ts';
import { splitIntoWaves } from './waves.ts';

type Entry = { readonly position: number; readonly record: ConsumerRecord<ReceivedEvent> };

/** A run of records on its way through its waves. */
interface Run {
  readonly settle: SettleEvents;
  readonly deadline: Deadline;
  /** By the position of the record. */
  readonly outcomes: ConsumerOutcome[];
  /** The sequences that go no further in this run, with the failure that ended them. */
  readonly stopped: Map<string, ConsumerOutcome>;
}

/**
 * Lets a consumer write the events of a run together as far as they may be: those of one lane and those of one order are
 * settled in turn, all others of the run in the same call. `startRun` gives what settles the events of one run.
 */
export function processInWaves(startRun: () => SettleEvents): ProcessRecords<ReceivedEvent> {
  return async (records, deadline) => {
    const run: Run = { settle: startRun(), deadline, outcomes: [], stopped: new Map() };
    const entries = records.map((record, position) => ({ position, record }));
    for (const wave of splitIntoWaves(entries, sequencesOf)) await applyWave(run, wave);
    return run.outcomes;
  };
}

async function applyWave(run: Run, wave: readonly Entry[]): Promise<void> {
  const open = wave.filter((entry) => !stopBehindFailure(run, entry));
  if (open.length === 0) return;
  const settled = await run.settle(
    open.map(({ record }) => record.value),
    run.deadline,
  );
  for (const [index, entry] of open.entries()) {
    const outcome = settled[index];
    if (outcome !== undefined) note(run, entry, outcome);
  }
}

/** A later record of a lane or of an order is not applied once an earlier one failed; it is delivered again with it. */
function stopBehindFailure(run: Run, entry: Entry): boolean {
  const failed = sequencesOf(entry)
    .map((name) => run.stopped.get(name))
    .find((outcome) => outcome !== undefined);
  if (failed !== undefined) note(run, entry, failed);
  return failed !== undefined;
}

function note({ outcomes, stopped }: Run, entry: Entry, outcome: ConsumerOutcome): void {
  outcomes[entry.position] = outcome;
  if (outcome.kind === 'failed') for (const name of sequencesOf(entry)) stopped.set(name, outcome);
}

function sequencesOf({ record }: Entry): readonly string[] {
  const { topic, partition, key, value } = record;
  return [`lane ${topic}-${partition} ${key ?? ''}`, `order ${value.event.orderId}`];
}
