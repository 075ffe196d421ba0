import type * as z from 'zod/mini';
import { type CurrencyCode, minorUnitDigits } from './currency.ts';
import type { OrderPlaced } from './order-event.ts';
import { MAX_DECIMAL_AMOUNT_MINOR } from './order-event-limits.ts';
import type { shortestOrderSchema } from './order-event-schema.ts';
import type { PoisonFailure } from './record-failure.ts';
import { err, ok, type Result } from './result.ts';

/** The data that the shortest order does not contain. */
export interface ShortestOrderContext {
  /** The stage's currency. */
  readonly currency: CurrencyCode;
  /** The record's timestamp in epoch milliseconds; it becomes the time of the order. */
  readonly timestamp: number;
}

/** Returns whether a value is meant as the shortest order and not as a CloudEvent. */
export function isShortestOrder(value: object): boolean {
  return Object.hasOwn(value, 'order_id') && !Object.hasOwn(value, 'specversion');
}

/** Lifts the shortest order into an order without lines and contact; its event id is derived from the order id. */
export function liftShortestOrder(
  order: z.output<typeof shortestOrderSchema>,
  { currency, timestamp }: ShortestOrderContext,
): Result<OrderPlaced, PoisonFailure> {
  const orderId = String(order.order_id);
  const totalMinor = toMinorUnits(order.amount, minorUnitDigits(currency));
  const time = toRfc3339(timestamp);
  if (totalMinor === undefined) return err(amountFailure(currency));
  if (time === undefined)
    return err({ code: 'event-invalid', message: 'The record has no valid timestamp.' });
  return ok({
    type: 'order.placed',
    eventId: `order-placed:${orderId}`,
    orderId,
    time,
    lines: [],
    currency,
    totalMinor,
  });
}

/**
 * Exact, over the shortest decimal text that reads back as this number: 19.99 has two decimals, 0.1 + 0.2 seventeen.
 * Undefined when the amount has more decimals than the currency or more digits than a JSON number carries.
 */
function toMinorUnits(amount: number, digits: number): number | undefined {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
  if (whole === undefined || decimals.length > digits) return undefined;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  return minor <= MAX_DECIMAL_AMOUNT_MINOR ? minor : undefined;
}

function toRfc3339(epochMs: number): string | undefined {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function amountFailure(currency: CurrencyCode): PoisonFailure {
  return {
    code: 'event-invalid',
    message:
      `amount is not a sum of money in ${currency}: send a JSON number with at most ` +
      `${minorUnitDigits(currency)} decimals and 15 digits.`,
  };
}
