import type { ConsumerRecord } from '../kafka/consumer-record.ts';
import type { ProcessRecords } from '../kafka/process-records.ts';
import type { Deadline } from '../kernel/deadline.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { InventoryDependencies } from './dependencies.ts';
import { settleWave } from './settle-wave.ts';
import { skuTurns } from './sku-turns.ts';
import { splitIntoWaves } from './waves.ts';

type Entry = { readonly position: number; readonly record: ConsumerRecord<ReceivedEvent> };

/** A run of records on its way through its waves. */
interface Run {
  readonly deps: InventoryDependencies;
  readonly deadline: Deadline;
  /** By the position of the record. */
  readonly outcomes: ConsumerOutcome[];
  /** The sequences that go no further in this run, with the failure that ended them. */
  readonly stopped: Map<string, ConsumerOutcome>;
}

/**
 * One reservation per order, released at most once; stock never below zero. The records of a run are written together
 * as far as they may be: those of one lane and those of one order in turn, the others grouped into few transactions.
 */
export function processOrderEvents(
  deps: Omit<InventoryDependencies, 'turns'>,
): ProcessRecords<ReceivedEvent> {
  return async (records, deadline) => {
    const run: Run = { deps: { ...deps, turns: skuTurns() }, deadline, outcomes: [], stopped: new Map() };
    const entries = records.map((record, position) => ({ position, record }));
    for (const wave of splitIntoWaves(entries, sequencesOf)) await applyWave(run, wave);
    return run.outcomes;
  };
}

async function applyWave(run: Run, wave: readonly Entry[]): Promise<void> {
  const open = wave.filter((entry) => !stopBehindFailure(run, entry));
  const settled = await settleWave(
    run.deps,
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
