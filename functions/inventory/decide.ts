import { duplicateVerdict } from '../idempotency/duplicate-verdict.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { groupsOf } from '../kernel/groups-of.ts';
import { NARROW_REQUESTS } from './plan-chunks.ts';
import type {
  Cancellation,
  MetReservation,
  OpenReservation,
  Reservation,
  ReservationRequest,
  StockTransaction,
} from './ports.ts';
import type { Shares } from './share-stock.ts';

/** After so many tries against contention an event is reported as failed. */
export const MAX_TRIES = 5;

/** A chunk that was refused so often goes on in smaller parts: fewer items, fewer collisions. */
const MAX_CHUNK_TRIES = 2;

/** A transaction without an answer is sent once more: if it happened after all, it comes back as a duplicate. */
const MAX_UNKNOWN_TRIES = 2;

/** Requests for one transaction, with the tries that contention has cost them so far. */
export interface Attempt {
  readonly requests: readonly ReservationRequest[];
  readonly tries: number;
}

export interface Settled {
  readonly orderId: string;
  readonly outcome: ConsumerOutcome;
}

/** The next step for some of the requests of an attempt. */
export type ReserveStep =
  | { readonly kind: 'settle'; readonly settled: readonly Settled[] }
  | { readonly kind: 'send'; readonly attempt: Attempt }
  | { readonly kind: 'sendLater'; readonly attempt: Attempt }
  | { readonly kind: 'recordBackorders'; readonly requests: readonly ReservationRequest[] };

/**
 * Judges an attempt of which the fitting requests were sent: each of its requests is in exactly one of the steps, which are
 * taken in order. Requests that wait become back-orders only when those before them have their goods.
 */
export function decideReserve(
  attempt: Attempt,
  { fitting, waiting, wasRead }: Shares,
  result: StockTransaction,
): readonly ReserveStep[] {
  const { requests, tries } = attempt;
  switch (result.kind) {
    case 'committed':
      return [settleAll(fitting, { kind: 'processed' }), ...recordBackorders(waiting)];
    case 'reservationsMet':
      return dropMet(attempt, result.met);
    case 'stockShort':
      return shareAgain(attempt, wasRead);
    case 'contended':
      return tryAgain({ requests, tries: tries + 1 }, MAX_TRIES, outcomeOfFailure(result.failure));
    case 'unknown':
      return tryAgain({ requests, tries: tries + 1 }, MAX_UNKNOWN_TRIES, outcomeOfFailure(result.failure));
    case 'rejected':
      return requests.length > 1
        ? oneByOne(attempt).map((single) => ({ kind: 'send', attempt: single }))
        : [settleAll(requests, outcomeOfFailure(result.failure))];
  }
}

/** An order that was cancelled before it was placed reserves nothing. */
export function judgeReservation(existing: Reservation, request: ReservationRequest): ConsumerOutcome {
  return existing.placed === undefined
    ? { kind: 'skipped', reason: 'cancelled-first' }
    : duplicateVerdict(existing.placed, request.placed);
}

/** The effect of a cancellation on the stored reservation. */
export type CancelStep =
  | { readonly kind: 'settle'; readonly outcome: ConsumerOutcome }
  | { readonly kind: 'barReservation' }
  | { readonly kind: 'release'; readonly reservation: OpenReservation };

export function decideCancel(found: Reservation | undefined, { cancelled }: Cancellation): CancelStep {
  if (found === undefined) return { kind: 'barReservation' };
  return found.status === 'CANCELLED'
    ? { kind: 'settle', outcome: duplicateVerdict(found.cancelled, cancelled) }
    : { kind: 'release', reservation: found };
}

/** The fate of a release; undefined when the reservation has to be read again. */
export function judgeRelease(result: StockTransaction, tries: number): ConsumerOutcome | undefined {
  switch (result.kind) {
    case 'committed':
      return { kind: 'processed' };
    case 'reservationsMet':
      return undefined;
    case 'stockShort':
      return STOCK_INCONSISTENT;
    case 'rejected':
      return outcomeOfFailure(result.failure);
    case 'contended':
      return tries < MAX_TRIES ? undefined : outcomeOfFailure(result.failure);
    case 'unknown':
      return tries < MAX_UNKNOWN_TRIES ? undefined : outcomeOfFailure(result.failure);
  }
}

const STOCK_INCONSISTENT: ConsumerOutcome = {
  kind: 'poison',
  failure: {
    code: 'stock-inconsistent',
    message:
      'Less is reserved of a sku than this order holds, so it cannot be given back; correct the stock by hand, then redrive.',
  },
};

function settleAll(requests: readonly ReservationRequest[], outcome: ConsumerOutcome): ReserveStep {
  return { kind: 'settle', settled: requests.map(({ orderId }) => ({ orderId, outcome })) };
}

function dropMet({ requests, tries }: Attempt, met: readonly MetReservation[]): readonly ReserveStep[] {
  const byOrder = new Map(met.map(({ orderId, existing }) => [orderId, existing]));
  const settled = requests.flatMap((request) => {
    const existing = byOrder.get(request.orderId);
    return existing === undefined ? [] : [{ orderId: request.orderId, outcome: judgeMet(existing, request) }];
  });
  const rest = requests.filter(({ orderId }) => !byOrder.has(orderId));
  return [{ kind: 'settle', settled }, ...sendUnlessEmpty({ requests: rest, tries })];
}

function judgeMet(existing: MetReservation['existing'], request: ReservationRequest): ConsumerOutcome {
  return existing.ok ? judgeReservation(existing.value, request) : outcomeOfFailure(existing.error);
}

export function recordBackorders(requests: readonly ReservationRequest[]): readonly ReserveStep[] {
  return requests.length === 0 ? [] : [{ kind: 'recordBackorders', requests }];
}

/**
 * The sum was too much: the next try reads the stock and gives it out in order. Where others take the goods between reading and
 * writing again and again, each request goes on by itself, the earlier ones first; refused alone, it waits.
 */
function shareAgain({ requests, tries }: Attempt, wasRead: boolean): readonly ReserveStep[] {
  if (requests.length === 1) return recordBackorders(requests);
  const next = { requests, tries: tries + Number(wasRead) };
  const attempts = next.tries > MAX_CHUNK_TRIES ? oneByOne(next) : [next];
  return attempts.map((attempt) => ({ kind: 'send', attempt }) as const);
}

function tryAgain(next: Attempt, maxTries: number, givenUp: ConsumerOutcome): readonly ReserveStep[] {
  if (next.tries >= maxTries) return [settleAll(next.requests, givenUp)];
  return smallerParts(next).map((attempt) => ({ kind: 'sendLater', attempt }));
}

function smallerParts(next: Attempt): readonly Attempt[] {
  if (next.tries < MAX_CHUNK_TRIES) return [next];
  if (next.requests.length <= NARROW_REQUESTS || next.tries > MAX_CHUNK_TRIES) return oneByOne(next);
  return groupsOf(NARROW_REQUESTS, next.requests).map((requests) => ({ requests, tries: next.tries }));
}

function oneByOne({ requests, tries }: Attempt): Attempt[] {
  return requests.map((request) => ({ requests: [request], tries }));
}

function sendUnlessEmpty(attempt: Attempt): readonly ReserveStep[] {
  return attempt.requests.length === 0 ? [] : [{ kind: 'send', attempt }];
}
