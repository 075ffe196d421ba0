import type { ConsumerRecord } from '../../functions/kafka/consumer-record.ts';
import type { Deadline } from '../../functions/kernel/deadline.ts';
import type { OrderCancelled, OrderPlaced, ReceivedEvent } from '../../functions/kernel/order-event.ts';

/** An order as the parser hands it over; what was received differs by what the event says. */
export function aPlaced(overrides: Partial<OrderPlaced> = {}): ReceivedEvent {
  const event: OrderPlaced = {
    type: 'order.placed',
    eventId: 'event-1',
    orderId: 'order-1',
    time: '2026-11-21T08:00:00Z',
    lines: [{ sku: 'apple', quantity: 2, unitPriceMinor: 100 }],
    currency: 'EUR',
    totalMinor: 200,
    ...overrides,
  };
  const { lines, customer, totalMinor } = event;
  return {
    event,
    received: { type: event.type, subject: event.orderId, data: { lines, customer, totalMinor } },
  };
}

export function aCancelled(overrides: Partial<OrderCancelled> = {}): ReceivedEvent {
  const event: OrderCancelled = {
    type: 'order.cancelled',
    eventId: 'cancel-1',
    orderId: 'order-1',
    time: '2026-11-21T09:00:00Z',
    ...overrides,
  };
  return { event, received: { type: event.type, subject: event.orderId, data: { reason: event.reason } } };
}

/** Of a lane of its own, unless a key is given. */
export function aRecord(
  value: ReceivedEvent,
  overrides: Partial<ConsumerRecord<ReceivedEvent>> = {},
): ConsumerRecord<ReceivedEvent> {
  const key = Buffer.from(value.event.orderId).toString('base64');
  return {
    topic: 'order-events',
    partition: 0,
    offset: 0,
    timestamp: 0,
    key,
    headers: [],
    value,
    ...overrides,
  };
}

export function timeLeft(remainingMs: number): Deadline {
  return { remainingMs: () => remainingMs };
}

export const AMPLE_TIME = timeLeft(30_000);
