import { acceptsOrderPlaced } from './accepts-order-placed.ts';
import { isNestedDeeperThan } from './nesting.ts';
import type { CustomerContact, OrderLine, OrderPlaced, ReceivedEvent } from './order-event.ts';
import { MAX_NESTING } from './order-event-limits.ts';
import type { OrderPlacedWire } from './order-event-schema.ts';

/**
 * Reads a good order, which most events are. It needs no schema, so that a function that starts has none to build.
 *
 * @returns undefined for all else: `parseOrderEvent` says what it is, or what is wrong with it.
 */
export function readOrderPlaced(value: unknown): ReceivedEvent | undefined {
  if (!acceptsOrderPlaced(value) || isNestedDeeperThan(MAX_NESTING, value)) return undefined;
  const event = toOrderPlaced(value);
  return { event, received: { type: event.type, subject: event.orderId, data: value.data } };
}

/** Takes an order as the schema gives it, also with fields that the schema would strip. */
export function toOrderPlaced({ type, id, subject, corrects, time, data }: OrderPlacedWire): OrderPlaced {
  const { customer, lines, currency, total } = data;
  const totalMinor = withoutSign(total);
  const order = {
    type,
    eventId: id,
    orderId: subject,
    time,
    lines: lines.map(toOrderLine),
    currency,
    totalMinor,
  };
  const event = customer === undefined ? order : { ...order, customer: toContact(customer) };
  return corrects === undefined ? event : { ...event, corrects };
}

function toContact({ email, phone }: CustomerContact): CustomerContact {
  const contact = email === undefined ? {} : { email };
  return phone === undefined ? contact : { ...contact, phone };
}

function toOrderLine(line: { sku: string; quantity: number; unitPrice: number }): OrderLine {
  return { sku: line.sku, quantity: line.quantity, unitPriceMinor: withoutSign(line.unitPrice) };
}

/** JSON's -0 counts as 0. */
function withoutSign(amount: number): number {
  return Math.abs(amount);
}
