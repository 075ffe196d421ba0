import type { ProcessRecord } from '../kafka/process-records.ts';
import type { OrderCancelled, OrderPlaced, ReceivedEvent } from '../kernel/order-event.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { cancellationFor, invoiceFor, judgeCancellation, judgeInvoice } from './decide.ts';
import type { Cancellation, InvoiceBook } from './ports.ts';

/**
 * At most one invoice and one credit note per order, for ever, whatever is delivered again and in whatever order. A
 * credit note exists exactly when both the order and its cancellation took effect.
 */
export function processOrderEvent(book: InvoiceBook): ProcessRecord<ReceivedEvent> {
  return ({ value: received }) => {
    const { event } = received;
    return event.type === 'order.placed'
      ? recordInvoice(book, event, received)
      : recordCancellation(book, event, received);
  };
}

async function recordInvoice(
  book: InvoiceBook,
  event: OrderPlaced,
  received: ReceivedEvent,
): Promise<ConsumerOutcome> {
  const invoice = invoiceFor(event, received);
  const write = await book.recordInvoice(invoice);
  return write.ok ? judgeInvoice(write.value, invoice.placed) : outcomeOfFailure(write.error);
}

/** The invoice is there already unless the cancellation overtook the order, so the credit note is tried first. */
async function recordCancellation(
  book: InvoiceBook,
  event: OrderCancelled,
  received: ReceivedEvent,
): Promise<ConsumerOutcome> {
  const cancellation = cancellationFor(event, received);
  return (
    (await outcomeOf(book.recordCreditNote, cancellation)) ??
    (await outcomeOf(book.barInvoice, cancellation)) ??
    // The invoice came between the two writes. It never goes away again, so this one decides.
    (await outcomeOf(book.recordCreditNote, cancellation)) ??
    UNDECIDED
  );
}

const UNDECIDED: ConsumerOutcome = {
  kind: 'failed',
  failure: {
    code: 'unexpected',
    message: 'The invoice of a cancelled order disappeared; was it deleted by hand?',
  },
};

async function outcomeOf(
  record: InvoiceBook['recordCreditNote'],
  cancellation: Cancellation,
): Promise<ConsumerOutcome | undefined> {
  const write = await record(cancellation);
  return write.ok ? judgeCancellation(write.value, cancellation.cancelled) : outcomeOfFailure(write.error);
}
