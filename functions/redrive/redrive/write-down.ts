import type { DrivenRecord } from '../engine/ports.ts';
import type { JournalEntry } from '../memory/operations-memory.ts';
import { outcomesOf } from '../memory/outcomes-of.ts';
import type { OperationPorts } from '../ports.ts';
import type { Run } from './lease.ts';
import type { RunTally } from './run-tally.ts';

/** A run, with its fields in the journal. */
export interface WrittenRun {
  readonly ports: Pick<OperationPorts, 'memory' | 'nowMs'>;
  readonly run: Run;
  readonly tally: RunTally;
  readonly operation: JournalEntry['operation'];
  /** The wish in words. */
  readonly what: string;
}

/** Counts what became of records, and writes it into the journal as the run's next step. */
export async function writeDown(
  { ports, run, tally, operation, what }: WrittenRun,
  driven: readonly DrivenRecord[],
): Promise<void> {
  tally.note(driven);
  await ports.memory.write({
    consumer: run.consumer,
    runId: run.runId,
    operation,
    by: run.by,
    atMs: ports.nowMs(),
    step: tally.nextStep(),
    what,
    outcomes: outcomesOf(driven),
  });
}
