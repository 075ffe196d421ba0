import { ANSWER_RESERVE_MS, type Deadline } from '../kernel/deadline.ts';
import type { TryLimits } from '../kernel/pacing.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';

/**
 * Milliseconds that must remain for a call to start. On AWS the 99th percentile of a transaction is near 100 ms; what is
 * slower here is a store under load. A call that takes longer still is aborted when the time to answer has come.
 */
const TIME_FOR_A_CALL_MS = ANSWER_RESERVE_MS + 500;

export const OUT_OF_TIME: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'out-of-time', message: 'The invocation would end before the stock is written.' },
};

export function isTimeForCall(deadline: Deadline): boolean {
  return deadline.remainingMs() >= TIME_FOR_A_CALL_MS;
}

/** The limits of another try. */
export function within(deadline: Deadline): TryLimits {
  return { deadline, reserveMs: TIME_FOR_A_CALL_MS };
}
