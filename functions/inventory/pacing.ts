import type { Deadline } from '../kernel/deadline.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { backoffMs } from './backoff.ts';

/** Time and chance, as the outside gives them. */
export interface Pacing {
  readonly pause: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

/** What a transaction may take at worst: the 99th percentile is near 100 ms. */
const TIME_FOR_A_TRANSACTION_MS = 500;

export const OUT_OF_TIME: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'out-of-time', message: 'The invocation would end before the stock is written.' },
};

export function isTimeForTransaction(deadline: Deadline, afterMs = 0): boolean {
  return deadline.remainingMs() >= afterMs + TIME_FOR_A_TRANSACTION_MS;
}

/** Waits before the next try; false, at once, when the invocation would end before that try is through. */
export async function pauseWithin(deadline: Deadline, pacing: Pacing, tries: number): Promise<boolean> {
  const ms = backoffMs(tries, pacing.random());
  if (!isTimeForTransaction(deadline, ms)) return false;
  await pacing.pause(ms);
  return true;
}
