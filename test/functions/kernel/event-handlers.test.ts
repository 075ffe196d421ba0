import { expect, test } from '@jest/globals';
import { handleEvent, type EventHandlers } from '../../../functions/kernel/event-handlers.ts';
import type { OrderCancelled, OrderPlaced } from '../../../functions/kernel/order-event.ts';

const placed: OrderPlaced = {
  type: 'order.placed',
  eventId: 'order-1-placed',
  orderId: 'order-1',
  time: '2026-01-01T12:00:00Z',
  lines: [],
  currency: 'EUR',
  totalMinor: 1999,
};
const cancelled: OrderCancelled = {
  type: 'order.cancelled',
  eventId: 'order-1-cancelled',
  orderId: 'order-1',
  time: '2026-01-01T12:01:00Z',
  reason: 'changed my mind',
};

test('an event goes to the handler of its type, with what was received for it', () => {
  const handlers: EventHandlers<string> = {
    'order.placed': ({ totalMinor }, { received }) => `placed ${totalMinor} ${String(received.data)}`,
    'order.cancelled': ({ reason }, { received }) => `cancelled ${reason ?? ''} ${String(received.data)}`,
  };

  const answers = [placed, cancelled].map((event) =>
    handleEvent(handlers, { event, received: { type: event.type, subject: event.orderId, data: 'as sent' } }),
  );

  expect(answers).toStrictEqual(['placed 1999 as sent', 'cancelled changed my mind as sent']);
});
