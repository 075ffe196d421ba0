import type { Deadline } from '../kernel/deadline.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import { pauseWithin } from '../kernel/pacing.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { decideCancel, judgeRelease, MAX_TRIES } from './decide.ts';
import type { InventoryDependencies } from './dependencies.ts';
import { isTimeForCall, OUT_OF_TIME, within } from './pacing.ts';
import { skusOf } from './plan-chunks.ts';
import type { Cancellation, StockBook } from './ports.ts';

/** Releases exactly what the order reserved, once; an order that is not placed yet is barred from reserving. */
export async function cancel(
  deps: InventoryDependencies,
  cancellation: Cancellation,
  deadline: Deadline,
): Promise<ConsumerOutcome> {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const outcome = await tryCancel(deps, cancellation, { tries, deadline });
    if (outcome !== undefined) return outcome;
    if (!(await pauseWithin(within(deadline), deps.pacing, tries))) return OUT_OF_TIME;
  }
  return RESTLESS;
}

interface Try {
  readonly tries: number;
  readonly deadline: Deadline;
}

/** Undefined when what was read had changed by the time of the write. */
async function tryCancel(
  deps: InventoryDependencies,
  cancellation: Cancellation,
  { tries, deadline }: Try,
): Promise<ConsumerOutcome | undefined> {
  if (!isTimeForCall(deadline)) return OUT_OF_TIME;
  const found = await deps.book.findReservation(cancellation.orderId);
  if (!found.ok) return outcomeOfFailure(found.error);
  const step = decideCancel(found.value, cancellation);
  switch (step.kind) {
    case 'settle':
      return step.outcome;
    case 'barReservation':
      return barReservation(deps.book, cancellation);
    case 'release':
      return deps.turns.take(skusOf(step.reservation), async () =>
        isTimeForCall(deadline)
          ? judgeRelease(await deps.book.release(step.reservation, cancellation), tries)
          : OUT_OF_TIME,
      );
  }
}

async function barReservation(
  book: StockBook,
  cancellation: Cancellation,
): Promise<ConsumerOutcome | undefined> {
  const write = await book.barReservation(cancellation);
  if (!write.ok) return outcomeOfFailure(write.error);
  return write.value.kind === 'written' ? { kind: 'processed' } : undefined;
}

const RESTLESS: ConsumerOutcome = {
  kind: 'failed',
  failure: {
    code: 'store-unavailable',
    message: `The reservation changed during each of ${MAX_TRIES} tries.`,
  },
};
