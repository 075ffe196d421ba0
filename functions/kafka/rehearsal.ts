import * as z from 'zod/mini';
import type { RecordOutcome } from '../kernel/record-outcome.ts';
import type { SettledRecord } from './batch-response.ts';
import { identifierOf } from './received-record.ts';

/** The expected outcome of one record. */
export const rehearsedRecord = z.object({
  /** The key of the event's `records`: `<topic>-<partition>`. */
  partition: z.string(),
  offset: z.int(),
  /** `processed`: it would have its effect now. `duplicate`: it had it before. */
  outcome: z.enum(['processed', 'duplicate', 'skipped', 'poison', 'failed', 'heldBack']),
  /** The failure's code, or why there is nothing to do. */
  reason: z.optional(z.string()),
  /** For people; quotes nothing of the record. */
  message: z.optional(z.string()),
});

export type RehearsedRecord = z.infer<typeof rehearsedRecord>;

/** The answer of a consumer's rehearsal function: one entry for each record of the event. */
export const rehearsalAnswer = z.object({ records: z.array(rehearsedRecord) });

export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>;

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
