import { eventMark } from '../idempotency/duplicate-verdict.ts';
import type { Deadline } from '../kernel/deadline.ts';
import { handleEvent, type EventHandlers } from '../kernel/event-handlers.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { cancel } from './cancel.ts';
import type { Settled } from './decide.ts';
import type { InventoryDependencies } from './dependencies.ts';
import { planChunks, skusOf } from './plan-chunks.ts';
import type { Cancellation, ReservationRequest } from './ports.ts';
import { reservationRequest } from './reservation-request.ts';
import { reserve } from './reserve.ts';

/** The request of one event to the stock. */
type Wish =
  | { readonly kind: 'reserve'; readonly request: ReservationRequest }
  | { readonly kind: 'cancel'; readonly cancellation: Cancellation }
  | { readonly kind: 'nothing' };

const WISHES: EventHandlers<Wish> = {
  'order.placed': (event, received) => {
    const request = reservationRequest(event, received);
    return request === undefined ? { kind: 'nothing' } : { kind: 'reserve', request };
  },
  'order.cancelled': ({ orderId }, received) => ({
    kind: 'cancel',
    cancellation: { orderId, cancelled: eventMark(received) },
  }),
};

const NO_LINES: ConsumerOutcome = { kind: 'skipped', reason: 'no-lines' };

const UNSETTLED: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'unexpected', message: 'No step settled this order; the record is delivered again.' },
};

/** Applies events of different orders, all at once as far as their skus allow; answers in the order of the events. */
export async function settleWave(
  deps: InventoryDependencies,
  events: readonly ReceivedEvent[],
  deadline: Deadline,
): Promise<readonly ConsumerOutcome[]> {
  const wishes = events.map((received) => handleEvent(WISHES, received));
  const settled = await Promise.all([
    ...reserveInChunks(deps, wishes, deadline),
    ...cancelEach(deps, wishes, deadline),
  ]);
  const outcomes = new Map(settled.flat().map(({ orderId, outcome }) => [orderId, outcome]));
  return events.map(({ event }, index) =>
    wishes[index]?.kind === 'nothing' ? NO_LINES : (outcomes.get(event.orderId) ?? UNSETTLED),
  );
}

function reserveInChunks(
  deps: InventoryDependencies,
  wishes: readonly Wish[],
  deadline: Deadline,
): Promise<readonly Settled[]>[] {
  const requests = wishes.flatMap((wish) => (wish.kind === 'reserve' ? [wish.request] : []));
  return planChunks(requests).map((chunk) =>
    deps.turns.take(skusOf(...chunk), () => reserve(deps, { requests: chunk, tries: 0 }, deadline)),
  );
}

function cancelEach(
  deps: InventoryDependencies,
  wishes: readonly Wish[],
  deadline: Deadline,
): Promise<readonly Settled[]>[] {
  const cancellations = wishes.flatMap((wish) => (wish.kind === 'cancel' ? [wish.cancellation] : []));
  return cancellations.map(async (cancellation) => [
    { orderId: cancellation.orderId, outcome: await cancel(deps, cancellation, deadline) },
  ]);
}
