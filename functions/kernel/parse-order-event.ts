import * as z from 'zod/mini';
import { acceptanceOf } from './accept-schema.ts';
import { describeIssues } from './describe-issues.ts';
import { isNestedDeeperThan } from './nesting.ts';
import type { CustomerContact, OrderEvent, OrderLine, OrderPlaced, ReceivedEvent } from './order-event.ts';
import { MAX_NESTING } from './order-event-limits.ts';
import { orderCancelledSchema, orderPlacedSchema, shortestOrderSchema } from './order-event-schema.ts';
import type { PoisonCode, PoisonFailure } from './record-failure.ts';
import { err, ok, type Result } from './result.ts';
import { isShortestOrder, liftShortestOrder, type ShortestOrderContext } from './shortest-order.ts';

const SUPPORTED_MAJOR = '1';

/** The attributes of a CloudEvent that are looked at before its schema is chosen, and the data as received. */
interface Attributes {
  readonly type?: unknown;
  readonly dataschema?: unknown;
  readonly data?: unknown;
}

/**
 * Reads a decoded record value as an order event: a CloudEvent of a known type and major version, or the shortest
 * order. Total: whatever comes, it answers, and the failure quotes nothing of the value.
 */
export function parseOrderEvent(
  value: unknown,
  context: ShortestOrderContext,
): Result<ReceivedEvent, PoisonFailure> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return poison('event-invalid', 'The value is not a JSON object.');
  }
  if (isNestedDeeperThan(MAX_NESTING, value)) {
    return poison('event-invalid', `The value is nested more than ${MAX_NESTING} levels deep.`);
  }
  return isShortestOrder(value) ? parseShortestOrder(value, context) : parseCloudEvent(value);
}

function parseShortestOrder(
  value: object,
  context: ShortestOrderContext,
): Result<ReceivedEvent, PoisonFailure> {
  const parsed = z.safeParse(shortestOrderSchema, value);
  if (!parsed.success) return invalid(parsed.error);
  const lifted = liftShortestOrder(parsed.data, context);
  return lifted.ok ? received(lifted.value, value) : lifted;
}

/** Most events are good orders: only of another one it is asked what it is, and what is wrong with it. */
function parseCloudEvent(value: Attributes): Result<ReceivedEvent, PoisonFailure> {
  if (isOrderPlaced(value)) return received(toOrderPlaced(value), value.data);
  if (namesOtherMajor(value.dataschema)) {
    return poison(
      'event-version-unknown',
      `The dataschema names another major version than ${SUPPORTED_MAJOR}, the only one known here.`,
    );
  }
  if (value.type === undefined) {
    return poison(
      'event-invalid',
      'The value has neither a type (CloudEvents) nor an order_id (shortest order).',
    );
  }
  return isKnownType(value.type) ? PARSERS[value.type](value) : TYPE_UNKNOWN;
}

const PARSERS: Readonly<
  Record<OrderEvent['type'], (value: Attributes) => Result<ReceivedEvent, PoisonFailure>>
> = {
  'order.placed': parseOrderPlaced,
  'order.cancelled': parseOrderCancelled,
};

const TYPE_UNKNOWN = poison(
  'event-type-unknown',
  `The type is neither ${Object.keys(PARSERS).join(' nor ')}.`,
);

function isKnownType(type: unknown): type is OrderEvent['type'] {
  return typeof type === 'string' && Object.hasOwn(PARSERS, type);
}

function parseOrderPlaced(value: Attributes): Result<ReceivedEvent, PoisonFailure> {
  const parsed = z.safeParse(orderPlacedSchema, value);
  return parsed.success ? received(toOrderPlaced(parsed.data), value.data) : invalid(parsed.error);
}

const acceptsOrderPlaced = acceptanceOf(orderPlacedSchema);

/** As the schema gives it, with fields besides that it would strip. */
function isOrderPlaced(value: unknown): value is z.output<typeof orderPlacedSchema> {
  return acceptsOrderPlaced(value);
}

function toOrderPlaced({
  type,
  id,
  subject,
  corrects,
  time,
  data,
}: z.output<typeof orderPlacedSchema>): OrderPlaced {
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

function parseOrderCancelled(value: Attributes): Result<ReceivedEvent, PoisonFailure> {
  const parsed = z.safeParse(orderCancelledSchema, value);
  if (!parsed.success) return invalid(parsed.error);
  const { type, id, subject, corrects, time, data } = parsed.data;
  const corrected = corrects === undefined ? {} : { corrects };
  return received({ type, eventId: id, orderId: subject, ...corrected, time, ...data }, value.data);
}

function toOrderLine(line: { sku: string; quantity: number; unitPrice: number }): OrderLine {
  return { sku: line.sku, quantity: line.quantity, unitPriceMinor: withoutSign(line.unitPrice) };
}

/** JSON's -0 counts as 0. */
function withoutSign(amount: number): number {
  return Math.abs(amount);
}

function namesOtherMajor(dataSchema: unknown): boolean {
  if (typeof dataSchema !== 'string') return false;
  const major = /^urn:order-events:[^:]+:(\d+)\.\d+$/.exec(dataSchema)?.[1];
  return major !== undefined && major !== SUPPORTED_MAJOR;
}

function received(event: OrderEvent, data: unknown): Result<ReceivedEvent, PoisonFailure> {
  return ok({ event, received: { type: event.type, subject: event.orderId, data } });
}

function invalid(error: z.core.$ZodError): Result<never, PoisonFailure> {
  return poison('event-invalid', `The event does not fit its schema: ${describeIssues(error)}.`);
}

function poison(code: PoisonCode, message: string): Result<never, PoisonFailure> {
  return err({ code, message });
}
