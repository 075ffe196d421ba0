import type { DrivenRecord } from '../engine/ports.ts';
import { rowId } from '../letters/row-id.ts';
import type { JournalEntry } from './operations-memory.ts';

/** Groups the outcomes of records for the journal. */
export function outcomesOf(driven: readonly DrivenRecord[]): JournalEntry['outcomes'] {
  const outcomes: Record<string, string[]> = {};
  for (const { record, fate } of driven) {
    const outcome = 'reason' in fate ? `${fate.kind} ${fate.reason}` : fate.kind;
    (outcomes[outcome] ??= []).push(rowId(record.partition, record.offset));
  }
  return outcomes;
}
