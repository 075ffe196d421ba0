import type { RecordOutcome } from '../../kernel/record-outcome.ts';
import type { SettledRecord } from '../batch-response.ts';
import type { LoneAttempts } from './count-lone-attempts.ts';
import { giveUp, MOST_ATTEMPTS } from './give-up.ts';
import { recordAgeMs } from './record-age.ts';

const MINUTE_MS = 60_000;

/**
 * The age from which a fault counts if other records of the batch succeeded: the function works, but not for this
 * record.
 */
const COUNTED_FROM_AGE_MS = MINUTE_MS;

/**
 * The age from which a fault counts if no record succeeded. The function itself may be at fault: a bad deployment is
 * rolled back within hours, and its orders wait.
 */
const COUNTED_ALONE_FROM_AGE_MS = 4 * 60 * MINUTE_MS;

/**
 * Bounds how long a record holds back its key that a fault of the function (`unexpected`) fails again and again. Each such
 * failure is noted; after three of them the record is parked. Outages are other failures and count nothing.
 */
export function countFaults(
  settled: readonly SettledRecord[],
  faults: Omit<LoneAttempts, 'deadline'>,
): Promise<readonly SettledRecord[]> {
  const someDone = settled.some(
    ({ outcome }) => outcome.kind === 'processed' || outcome.kind === 'duplicate',
  );
  const countedFrom = someDone ? COUNTED_FROM_AGE_MS : COUNTED_ALONE_FROM_AGE_MS;
  const counts = ({ received, outcome }: SettledRecord): boolean =>
    isFault(outcome) && recordAgeMs(received.record, faults.nowMs()) >= countedFrom;
  if (!settled.some(counts)) return Promise.resolve(settled);
  return Promise.all(
    settled.map(async (one) => (counts(one) ? { ...one, outcome: await count(one, faults) } : one)),
  );
}

async function count(
  { received: { record }, outcome }: SettledRecord,
  faults: Omit<LoneAttempts, 'deadline'>,
): Promise<RecordOutcome> {
  try {
    const noted = await faults.attempts.begin(record, `fault:${faults.invocationId}`);
    return noted > MOST_ATTEMPTS ? await giveUp(record, 'fails-unexpectedly', faults) : outcome;
  } catch {
    return outcome;
  }
}

function isFault(outcome: RecordOutcome): boolean {
  return outcome.kind === 'failed' && outcome.failure.code === 'unexpected';
}
