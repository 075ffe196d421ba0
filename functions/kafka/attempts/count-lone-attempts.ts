import type { Deadline } from '../../kernel/deadline.ts';
import type { RecordOutcome } from '../../kernel/record-outcome.ts';
import { giveUp, MOST_ATTEMPTS, type GivingUp } from './give-up.ts';
import type { KafkaRecord } from '../kafka-event.ts';
import type { ReceivedRecord } from '../received-record.ts';
import { recordAgeMs } from './record-age.ts';
import type { SettleRun } from '../run-lanes.ts';

/** The minimum age of counted records, so that a short failure costs no attempts. */
const COUNTED_FROM_AGE_MS = 60_000;

export interface LoneAttempts extends GivingUp {
  /** A unique id of this invocation. */
  readonly invocationId: string;
  readonly deadline: Deadline;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Bounds how long a record holds its partition that ends every process it meets. The retries of the mapping must outlast an
 * outage of the stores, so they cannot be that bound. Lambda bisects a batch without an answer until such a record is alone.
 * An attempt with a record that is alone and old is noted before it is made and taken back after it: what stays noted are
 * attempts that ended the process. After three of them the record is parked, without another attempt.
 *
 * While nothing can be noted nothing is attempted, so an outage of the store counts no attempt.
 */
export function countLoneAttempts(
  settle: SettleRun,
  batch: readonly ReceivedRecord[],
  lone: LoneAttempts,
): SettleRun {
  const [only] = batch;
  if (only === undefined || batch.length > 1) return settle;
  if (recordAgeMs(only.record, lone.nowMs()) < COUNTED_FROM_AGE_MS) return settle;
  return async (run) => [await attempt(only.record, () => settle(run), lone)];
}

async function attempt(
  record: KafkaRecord,
  settle: () => Promise<readonly RecordOutcome[]>,
  lone: LoneAttempts,
): Promise<RecordOutcome> {
  const { attempts, invocationId, deadline } = lone;
  try {
    const noted = await attempts.begin(record, invocationId);
    if (noted > MOST_ATTEMPTS) return await giveUp(record, 'ends-invocations', lone);
  } catch (cause) {
    const message = 'The attempt could not be noted, so it was not made.';
    return { kind: 'failed', failure: { code: 'store-unavailable', message, cause } };
  }
  const [outcome] = await settle();
  await attempts.end(record, invocationId, deadline);
  return (
    outcome ?? { kind: 'failed', failure: { code: 'unexpected', message: 'The record has no outcome.' } }
  );
}
