import { expect, test } from '@jest/globals';
import { parseOnDemand } from '../../../functions/kernel/parse-on-demand.ts';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';
import { anOrderCancelled, anOrderPlaced } from './wire-events.ts';

const CONTEXT = { currency: 'USD', timestamp: 1_763_633_700_000 } as const;

test('a good order is parsed at once', () => {
  const order = anOrderPlaced();

  expect(parseOnDemand(order, CONTEXT)).toEqual(parseOrderEvent(order, CONTEXT));
});

test.each([
  ['a cancellation', anOrderCancelled()],
  ['the shortest order', { order_id: 'o-1', amount: 19.99 }],
  ['a bad order', { ...anOrderPlaced(), id: '' }],
  ['no object', 7],
])('%s is parsed alike, first and again', async (_story, value) => {
  const [first, again] = [await parseOnDemand(value, CONTEXT), await parseOnDemand(value, CONTEXT)];

  const expected = parseOrderEvent(value, CONTEXT);
  expect([first, again]).toEqual([expected, expected]);
});
