import { eventMark } from '../idempotency/duplicate-verdict.ts';
import type { OrderLine, OrderPlaced, ReceivedEvent } from '../kernel/order-event.ts';
import type { ReservationRequest, SkuQuantity } from './ports.ts';

/** Undefined when the order names no goods. */
export function reservationRequest(
  event: OrderPlaced,
  received: ReceivedEvent,
): ReservationRequest | undefined {
  if (event.lines.length === 0) return undefined;
  return { orderId: event.orderId, lines: sumBySku(event.lines), placed: eventMark(received) };
}

/** One entry per sku, in the order in which the skus first appear. */
export function sumBySku(lines: readonly Pick<OrderLine, 'sku' | 'quantity'>[]): SkuQuantity[] {
  const totals = new Map<string, number>();
  for (const { sku, quantity } of lines) totals.set(sku, (totals.get(sku) ?? 0) + quantity);
  return Array.from(totals, ([sku, quantity]) => ({ sku, quantity }));
}
