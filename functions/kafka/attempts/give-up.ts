import type { PoisonCode } from '../../kernel/record-failure.ts';
import type { RecordOutcome } from '../../kernel/record-outcome.ts';
import type { AttemptBook } from './attempt-book.ts';
import type { KafkaRecord } from '../kafka-event.ts';
import { parkPoison, type ParkRecord } from '../settle-run.ts';

/** Attempts of one record that may go wrong in a way that no retry cures. */
export const MOST_ATTEMPTS = 3;

const REASONS = {
  'ends-invocations':
    'ended their invocation without an answer: by a crash, for lack of memory or by the timeout',
  'fails-unexpectedly': 'failed by a fault of the function',
} as const satisfies Partial<Record<PoisonCode, string>>;

/** What giving up needs of the outside. */
export interface GivingUp {
  readonly attempts: AttemptBook;
  readonly park: ParkRecord;
}

/** Parks a record whose attempts are used up, and gives it new ones, for whoever tries it again. */
export async function giveUp(
  record: KafkaRecord,
  code: keyof typeof REASONS,
  { attempts, park }: GivingUp,
): Promise<RecordOutcome> {
  const message = `${MOST_ATTEMPTS} attempts with this record ${REASONS[code]}. It was not tried again.`;
  const outcome = await parkPoison(record, { kind: 'poison', failure: { code, message } }, park);
  if (outcome.kind === 'parked') await attempts.forget(record);
  return outcome;
}
