import { MAX_ACTIONS, type ReservationRequest } from './ports.ts';

/**
 * Requests of a chunk that shares its skus with no other one. Such chunks are sent at the same time, and one of 25 actions takes
 * 27 % longer than one of 5.
 * @see https://github.com/alexdebrie/dynamodb-performance-testing
 */
export const NARROW_REQUESTS = 25;

/**
 * Groups requests, in their order, so that each group fits one transaction: a reservation for each request and one stock
 * change for each sku that any of them names. No two requests are of one order.
 *
 * Chunks that share a sku wait for each other, so that more of them would only take longer and write the same stock items more often:
 * they are filled as far as a transaction goes.
 */
export function planChunks(requests: readonly ReservationRequest[]): readonly ReservationRequest[][] {
  const narrow = chunksOf(requests, NARROW_REQUESTS);
  return shareSkus(narrow) ? chunksOf(requests, MAX_ACTIONS) : narrow;
}

export function skusOf(...requests: readonly Pick<ReservationRequest, 'lines'>[]): Set<string> {
  const skus = new Set<string>();
  for (const { lines } of requests) for (const { sku } of lines) skus.add(sku);
  return skus;
}

function chunksOf(requests: readonly ReservationRequest[], maxRequests: number): ReservationRequest[][] {
  const chunks: ReservationRequest[][] = [];
  let current: ReservationRequest[] = [];
  let skus = new Set<string>();
  for (const request of requests) {
    const own = skusOf(request);
    const together = new Set([...skus, ...own]);
    if (current.length === maxRequests || (current.length > 0 && !fits(current.length + 1, together.size))) {
      chunks.push(current);
      current = [];
      skus = own;
    } else skus = together;
    current.push(request);
  }
  return current.length === 0 ? chunks : [...chunks, current];
}

function shareSkus(chunks: readonly (readonly ReservationRequest[])[]): boolean {
  const skus = chunks.flatMap((chunk) => [...skusOf(...chunk)]);
  return new Set(skus).size < skus.length;
}

function fits(requests: number, skus: number): boolean {
  return requests + skus <= MAX_ACTIONS;
}
