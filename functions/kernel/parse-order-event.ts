import * as z from 'zod/mini';
import { describeIssues } from './describe-issues.ts';
import { isNestedDeeperThan } from './nesting.ts';
import type { OrderEvent, ReceivedEvent } from './order-event.ts';
import { MAX_NESTING } from './order-event-limits.ts';
import { orderCancelledSchema, orderPlacedSchema, shortestOrderSchema } from './order-event-schema.ts';
import { readOrderPlaced, toOrderPlaced } from './read-order-placed.ts';
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
  const order = readOrderPlaced(value);
  if (order !== undefined) return ok(order);
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

/** No good order is among them any more: it is asked what they are, and what is wrong with them. */
function parseCloudEvent(value: Attributes): Result<ReceivedEvent, PoisonFailure> {
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

function parseOrderCancelled(value: Attributes): Result<ReceivedEvent, PoisonFailure> {
  const parsed = z.safeParse(orderCancelledSchema, value);
  if (!parsed.success) return invalid(parsed.error);
  const { type, id, subject, corrects, time, data } = parsed.data;
  const corrected = corrects === undefined ? {} : { corrects };
  return received({ type, eventId: id, orderId: subject, ...corrected, time, ...data }, value.data);
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
