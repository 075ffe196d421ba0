import { handleEvent, type EventHandlers } from '../kernel/event-handlers.ts';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { cancellationFor, invoiceFor, judgeCancellation, judgeInvoice } from './decide.ts';
import type { Cancellation, Invoice, InvoiceBook } from './ports.ts';

/** What one event asks of the book. */
type Wish =
  | { readonly kind: 'invoice'; readonly invoice: Invoice }
  | { readonly kind: 'cancel'; readonly cancellation: Cancellation };

const WISHES: EventHandlers<Wish> = {
  'order.placed': (event, received) => ({ kind: 'invoice', invoice: invoiceFor(event, received) }),
  'order.cancelled': (event, received) => ({
    kind: 'cancel',
    cancellation: cancellationFor(event, received),
  }),
};

/** Applies events of different orders: invoices together, each cancellation by itself. Answers in the order of the events. */
export async function settleWave(
  book: InvoiceBook,
  events: readonly ReceivedEvent[],
): Promise<readonly ConsumerOutcome[]> {
  const wishes = events.map((received) => handleEvent(WISHES, received));
  const invoiced = recordInvoices(
    book,
    wishes.flatMap((wish) => (wish.kind === 'invoice' ? [wish.invoice] : [])),
  );
  return Promise.all(
    wishes.map(async (wish) =>
      wish.kind === 'invoice'
        ? ((await invoiced).get(wish.invoice.orderId) ?? UNSETTLED)
        : recordCancellation(book, wish.cancellation),
    ),
  );
}

const UNSETTLED: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'unexpected', message: 'The book did not answer for this order; it is delivered again.' },
};

/** @returns the outcome of each invoice, by order id. */
async function recordInvoices(
  book: InvoiceBook,
  invoices: readonly Invoice[],
): Promise<ReadonlyMap<string, ConsumerOutcome>> {
  const writes = invoices.length === 0 ? [] : await book.recordInvoices(invoices);
  const outcomes = new Map<string, ConsumerOutcome>();
  for (const [index, { orderId, placed }] of invoices.entries()) {
    const write = writes[index];
    if (write === undefined) continue;
    outcomes.set(orderId, write.ok ? judgeInvoice(write.value, placed) : outcomeOfFailure(write.error));
  }
  return outcomes;
}

/** The invoice is there already unless the cancellation overtook the order, so the credit note is tried first. */
async function recordCancellation(book: InvoiceBook, cancellation: Cancellation): Promise<ConsumerOutcome> {
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
