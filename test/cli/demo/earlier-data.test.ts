import { expect, test } from '@jest/globals';
import { holdsEarlierData } from '../../../cli/demo/earlier-data.ts';
import { byConsumer } from '../../../lib/topology/by-consumer.ts';

const empty = {
  invoices: [],
  reservations: [],
  status: { deadLetterQueues: byConsumer(() => 0) },
};

test.each([
  ['nothing', empty, false],
  ['an invoice', { ...empty, invoices: [{ orderId: 'o', totalMinor: 1, currency: 'USD' }] }, true],
  ['a reservation', { ...empty, reservations: [{ orderId: 'o', status: 'RESERVED', lines: [] }] }, true],
  [
    'a dead letter',
    { ...empty, status: { deadLetterQueues: { ...byConsumer(() => 0), inventory: 1 } } },
    true,
  ],
])('data at an endpoint before any order is earlier data: %s', (_what, effects, expected) => {
  expect(holdsEarlierData(effects)).toBe(expected);
});
