import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { planChunks, skusOf } from '../../../functions/inventory/plan-chunks.ts';
import type { ReservationRequest } from '../../../functions/inventory/ports.ts';

function request(orderId: string, skus: readonly string[]): ReservationRequest {
  const lines = skus.map((sku) => ({ sku, quantity: 1 }));
  return { orderId, lines, placed: { eventId: orderId, payloadHash: orderId } };
}

function numbered(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

describe('chunks', () => {
  test.each([
    { story: 'nothing needs no chunk', requests: [], sizes: [] },
    {
      story: '25 orders of one sku are one chunk',
      requests: numbered(25, 'o').map((id) => request(id, ['s'])),
      sizes: [25],
    },
    {
      story: 'the 26th order opens the next chunk where chunks share no sku',
      requests: numbered(26, 'o').map((id) => request(id, [`of ${id}`])),
      sizes: [25, 1],
    },
    {
      story: 'orders of a common sku fill a transaction',
      requests: numbered(120, 'o').map((id) => request(id, ['s'])),
      sizes: [99, 21],
    },
    {
      story: 'one sku in two chunks is enough for that',
      requests: [
        request('first', ['s']),
        ...numbered(25, 'o').map((id) => request(id, [`of ${id}`])),
        request('last', ['s']),
      ],
      sizes: [27],
    },
    {
      story: 'the largest order fills a chunk',
      requests: [request('a', numbered(99, 's')), request('b', ['s0'])],
      sizes: [1, 1],
    },
    {
      story: 'a shared sku counts once',
      requests: [request('a', numbered(98, 's')), request('b', ['s0'])],
      sizes: [2],
    },
  ])('$story', ({ requests, sizes }) => {
    const chunks = planChunks(requests);

    expect(chunks.map(({ length }) => length)).toEqual(sizes);
  });

  test('hold every request once and in order, and fit one transaction each', () => {
    const anySkus = fc.uniqueArray(fc.constantFrom(...numbered(120, 's')), { minLength: 1, maxLength: 99 });
    fc.assert(
      fc.property(fc.array(anySkus, { maxLength: 60 }), (wanted) => {
        const requests = wanted.map((skus, index) => request(`o${index}`, skus));

        const chunks = planChunks(requests);

        expect(chunks.flat()).toEqual(requests);
        const actions = chunks.map((chunk) => chunk.length + skusOf(...chunk).size);
        expect(actions.filter((count) => count > 100)).toEqual([]);
      }),
    );
  });
});
