import type { ReservationRequest } from './ports.ts';

/** The requests that get goods, and those that wait; both in the order of the requests. */
export interface Shares {
  readonly fitting: readonly ReservationRequest[];
  readonly waiting: readonly ReservationRequest[];
  /** Whether that was decided by the stock as it was read, and not by hope. */
  readonly wasRead: boolean;
}

/** Before anything is known to be short, all may fit. */
export function hopeForAll(requests: readonly ReservationRequest[]): Shares {
  return { fitting: requests, waiting: [], wasRead: false };
}

/**
 * Gives out what is there: each request in turn takes all that it wants or, where a single sku is short, nothing. So an
 * earlier order never waits for the sake of a later one. A sku that is not in `available` has no stock.
 */
export function shareStock(
  requests: readonly ReservationRequest[],
  available: ReadonlyMap<string, number>,
): Shares {
  const left = new Map(available);
  const fitting: ReservationRequest[] = [];
  const waiting: ReservationRequest[] = [];
  for (const request of requests) {
    const fits = request.lines.every(({ sku, quantity }) => (left.get(sku) ?? 0) >= quantity);
    if (fits) for (const { sku, quantity } of request.lines) left.set(sku, (left.get(sku) ?? 0) - quantity);
    (fits ? fitting : waiting).push(request);
  }
  return { fitting, waiting, wasRead: true };
}
