import { ANSWER_RESERVE_MS, type Deadline } from '../kernel/deadline.ts';
import type { SettledRecord } from './batch-response.ts';

/** The minimum duration of an invocation without a success. */
const LEAST_MS = 2_000;
/**
 * Waits before an answer that says that nothing was done, so that such an invocation takes two seconds at least. AWS
 * documents no pause between the retries of a Kafka mapping. Ten thousand of them then last for more than five hours,
 * whatever Lambda does, and a store that is coming back is not hammered.
 *
 * @param startedWithMs - what remained of the invocation when it began.
 */
export async function holdBackFailure(
  settled: readonly SettledRecord[],
  { deadline, startedWithMs, pause }: Timing,
): Promise<void> {
  if (settled.length === 0 || !settled.every(isUndone)) return;
  const remaining = deadline.remainingMs();
  const missing = LEAST_MS - (startedWithMs - remaining);
  const ms = Math.min(missing, remaining - ANSWER_RESERVE_MS);
  if (ms > 0) await pause(ms);
}

export interface Timing {
  readonly deadline: Deadline;
  readonly startedWithMs: number;
  readonly pause: (ms: number) => Promise<void>;
}

const isUndone = ({ outcome }: SettledRecord): boolean =>
  outcome.kind === 'failed' || outcome.kind === 'heldBack';
