import type { RecordOutcome } from '../kernel/record-outcome.ts';
import type { SettledRecord } from './batch-response.ts';
import { identifierOf } from './received-record.ts';
import type { RehearsalAnswer, RehearsedRecord } from './rehearsal.ts';

/** Answers a rehearsal with the outcomes of its records. */
export function toRehearsal(settled: readonly SettledRecord[]): RehearsalAnswer {
  return {
    records: settled.map(({ received, outcome }) => ({ ...identifierOf(received), ...describe(outcome) })),
  };
}

function describe(outcome: RecordOutcome): Pick<RehearsedRecord, 'outcome' | 'reason' | 'message'> {
  switch (outcome.kind) {
    case 'processed':
    case 'duplicate':
    case 'heldBack':
      return { outcome: outcome.kind };
    case 'skipped':
      return { outcome: 'skipped', reason: outcome.reason };
    case 'parked':
      return { outcome: 'poison', reason: outcome.failure.code, message: outcome.failure.message };
    case 'failed':
      return { outcome: 'failed', reason: outcome.failure.code, message: outcome.failure.message };
  }
}
