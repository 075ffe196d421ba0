import type { WriteAnswer } from '../idempotency/conditional-write.ts';
import type { Deadline } from '../kernel/deadline.ts';
import { type EffectFailure, outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import { pauseWithin } from '../kernel/pacing.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { ok, type Result } from '../kernel/result.ts';
import {
  decideReserve,
  judgeReservation,
  recordBackorders,
  type Attempt,
  type ReserveStep,
  type Settled,
} from './decide.ts';
import type { InventoryDependencies } from './dependencies.ts';
import { isTimeForCall, OUT_OF_TIME, within } from './pacing.ts';
import { skusOf } from './plan-chunks.ts';
import type { Reservation, ReservationRequest } from './ports.ts';

import { hopeForAll, shareStock, type Shares } from './share-stock.ts';

/**
 * Sends the requests of an attempt in one transaction, and goes on from its answer until each of them is settled. Where a sku
 * is known to be short, the stock is read first and only the requests that fit are sent.
 */
export async function reserve(
  deps: InventoryDependencies,
  attempt: Attempt,
  deadline: Deadline,
): Promise<readonly Settled[]> {
  if (!isTimeForCall(deadline)) return settleAll(attempt.requests, OUT_OF_TIME);
  const shares = await sharesOf(deps, attempt.requests);
  if (!shares.ok) return settleAll(attempt.requests, outcomeOfFailure(shares.error));
  const settled: Settled[] = [];
  for (const step of await send(deps, attempt, { shares: shares.value, deadline }))
    settled.push(...(await take(deps, step, deadline)));
  return settled;
}

async function sharesOf(
  { book, shortage }: InventoryDependencies,
  requests: readonly ReservationRequest[],
): Promise<Result<Shares, EffectFailure>> {
  if (!shortage.isTouchedBy(requests)) return ok(hopeForAll(requests));
  const stock = await book.readStock(skusOf(...requests));
  return stock.ok ? ok(shareStock(requests, stock.value)) : stock;
}

async function send(
  { book, shortage }: InventoryDependencies,
  attempt: Attempt,
  { shares, deadline }: { readonly shares: Shares; readonly deadline: Deadline },
): Promise<readonly ReserveStep[]> {
  const { fitting, waiting } = shares;
  if (fitting.length === 0) return recordBackorders(waiting);
  if (!isTimeForCall(deadline))
    return [{ kind: 'settle', settled: settleAll(attempt.requests, OUT_OF_TIME) }];
  const result = await book.reserve(fitting);
  if (result.kind === 'stockShort') shortage.note(result.skus);
  return decideReserve(attempt, shares, result);
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
        : settleAll(step.attempt.requests, OUT_OF_TIME);
    case 'recordBackorders':
      return isTimeForCall(deadline)
        ? writeBackorders(deps, step.requests)
        : settleAll(step.requests, OUT_OF_TIME);
  }
}

function settleAll(requests: readonly ReservationRequest[], outcome: ConsumerOutcome): readonly Settled[] {
  return requests.map(({ orderId }) => ({ orderId, outcome }));
}

/** Too little stock is an outcome of the business and not a failure. */
async function writeBackorders(
  { book }: InventoryDependencies,
  requests: readonly ReservationRequest[],
): Promise<readonly Settled[]> {
  const writes = await book.recordBackorders(requests);
  return requests.flatMap((request, index) => {
    const write = writes[index];
    return write === undefined ? [] : [{ orderId: request.orderId, outcome: judgeBackorder(write, request) }];
  });
}

function judgeBackorder(write: WriteAnswer<Reservation>, request: ReservationRequest): ConsumerOutcome {
  if (!write.ok) return outcomeOfFailure(write.error);
  return write.value.kind === 'written'
    ? { kind: 'processed', effect: 'backorder' }
    : judgeReservation(write.value.existing, request);
}
