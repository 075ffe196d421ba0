import { deterministicId } from '../idempotency/deterministic-id.ts';
import { duplicateVerdict, eventMark, type EventMark } from '../idempotency/duplicate-verdict.ts';
import type { OrderCancelled, OrderPlaced, ReceivedEvent } from '../kernel/order-event.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { BillWrite, Cancellation, Invoice } from './ports.ts';

export function invoiceFor(event: OrderPlaced, received: ReceivedEvent): Invoice {
  return {
    orderId: event.orderId,
    invoiceId: deterministicId('INV', event.type, event.orderId),
    totalMinor: event.totalMinor,
    currency: event.currency,
    createdAt: event.time,
    placed: eventMark(received),
  };
}

export function cancellationFor(event: OrderCancelled, received: ReceivedEvent): Cancellation {
  return {
    orderId: event.orderId,
    creditNoteId: deterministicId('CN', event.type, event.orderId),
    cancelled: eventMark(received),
  };
}

/** An order that was cancelled before it was placed is never invoiced. */
export function judgeInvoice(write: BillWrite, placed: EventMark): ConsumerOutcome {
  if (write.kind === 'written') return { kind: 'processed', effect: 'invoice' };
  const earlier = write.existing.placed;
  return earlier === undefined
    ? { kind: 'skipped', reason: 'cancelled-first' }
    : duplicateVerdict(earlier, placed);
}

/** Returns undefined when the entry does not decide yet, because the order is not cancelled. */
export function judgeCancellation(write: BillWrite, cancelled: EventMark): ConsumerOutcome | undefined {
  if (write.kind === 'written') return { kind: 'processed' };
  const earlier = write.existing.cancelled;
  return earlier === undefined ? undefined : duplicateVerdict(earlier, cancelled);
}
