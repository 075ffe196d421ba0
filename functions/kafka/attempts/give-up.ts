import type { PoisonCode } from '../../kernel/record-failure.ts';
import type { RecordOutcome } from '../../kernel/record-outcome.ts';
import type { AttemptBook } from './attempt-book.ts';
import type { KafkaRecord } from '../kafka-event.ts';
import { parkPoison, type ParkRecord } from '../settle-run.ts';

/** The number of attempts after which a record is parked. */
export const MOST_ATTEMPTS = 3;

const REASONS = {
  'ends-invocations':
    'ended their invocation without an answer: by a crash, for lack of memory or by the timeout',
  'fails-unexpectedly': 'failed by a fault of the function',
} as const satisfies Partial<Record<PoisonCode, string>>;

/** The ports for parking such a record. */
export interface GivingUp {
  readonly attempts: AttemptBook;
  readonly park: ParkRecord;
}

/** Parks a record without attempts left, and resets its attempts for a later redrive. */
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
