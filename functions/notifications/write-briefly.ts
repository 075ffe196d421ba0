import type { Deadline } from '../kernel/deadline.ts';
import type { Pacing } from '../kernel/pacing.ts';
import { retryWithin } from '../kernel/retry-within.ts';
import type { LedgerAnswer } from './ports.ts';
import { TIME_TO_WRITE_MS } from './timing.ts';

/** The record can do without the write: it comes again. */
const FEW_TRIES = 3;

/** How long a try may go on, and how it waits for the next. */
export interface WriteSurroundings {
  readonly deadline: Deadline;
  readonly surroundings: Pacing;
}

/** Tries a write to the ledger a few times, with a reserve of time to answer the invocation. */
export function briefly(
  { deadline, surroundings }: WriteSurroundings,
  write: () => Promise<LedgerAnswer>,
  reserveMs = TIME_TO_WRITE_MS,
): Promise<LedgerAnswer> {
  return retryWithin(write, { deadline, reserveMs, maxTries: FEW_TRIES }, surroundings);
}
