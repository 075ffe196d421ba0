import type { Deadline } from '../kernel/deadline.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import { pauseWithin } from '../kernel/pacing.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { decideReserve, judgeReservation, type Attempt, type ReserveStep, type Settled } from './decide.ts';
import type { InventoryDependencies } from './dependencies.ts';
import { isTimeForCall, OUT_OF_TIME, within } from './pacing.ts';
import type { ReservationRequest, StockBook } from './ports.ts';

/** Sends the requests of an attempt in one transaction, and goes on from its answer until each of them is settled. */
export async function reserve(
  deps: InventoryDependencies,
  attempt: Attempt,
  deadline: Deadline,
): Promise<readonly Settled[]> {
  if (!isTimeForCall(deadline)) return outOfTime(attempt);
  const result = await deps.book.reserve(attempt.requests);
  const settled: Settled[] = [];
  for (const step of decideReserve(attempt, result)) settled.push(...(await take(deps, step, deadline)));
  return settled;
}

async function take(
  deps: InventoryDependencies,
  step: ReserveStep,
  deadline: Deadline,
): Promise<readonly Settled[]> {
  switch (step.kind) {
    case 'settle':
      return step.settled;
    case 'send':
      return reserve(deps, step.attempt, deadline);
    case 'sendLater':
      return (await pauseWithin(within(deadline), deps.pacing, step.attempt.tries))
        ? reserve(deps, step.attempt, deadline)
        : outOfTime(step.attempt);
    case 'recordBackorder':
      return isTimeForCall(deadline)
        ? [{ orderId: step.request.orderId, outcome: await recordBackorder(deps.book, step.request) }]
        : outOfTime({ requests: [step.request] });
  }
}

function outOfTime({ requests }: Pick<Attempt, 'requests'>): readonly Settled[] {
  return requests.map(({ orderId }) => ({ orderId, outcome: OUT_OF_TIME }));
}

/** Too little stock is an outcome of the business and not a failure. */
async function recordBackorder(book: StockBook, request: ReservationRequest): Promise<ConsumerOutcome> {
  const write = await book.recordBackorder(request);
  if (!write.ok) return outcomeOfFailure(write.error);
  return write.value.kind === 'written'
    ? { kind: 'processed' }
    : judgeReservation(write.value.existing, request);
}
