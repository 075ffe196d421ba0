import type { OrderCancelled, ReceivedEvent } from '../kernel/order-event.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { cancellationFor, invoiceFor, judgeCancellation, judgeInvoice } from './decide.ts';
import type { Cancellation, InvoiceBook } from './ports.ts';

/** Applies events of different orders: invoices together, each cancellation by itself. Answers in the order of the events. */
export async function settleWave(
  book: InvoiceBook,
  events: readonly ReceivedEvent[],
): Promise<readonly ConsumerOutcome[]> {
  const invoiced = recordInvoices(book, events);
  return Promise.all(
    events.map(async (received) => {
      const { event } = received;
      return event.type === 'order.placed'
        ? ((await invoiced).get(event.orderId) ?? UNSETTLED)
        : recordCancellation(book, event, received);
    }),
  );
}

const UNSETTLED: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'unexpected', message: 'The book did not answer for this order; it is delivered again.' },
};

/** The outcomes of the placed orders among the events, by order id. */
async function recordInvoices(
  book: InvoiceBook,
  events: readonly ReceivedEvent[],
): Promise<ReadonlyMap<string, ConsumerOutcome>> {
  const invoices = events.flatMap((received) =>
    received.event.type === 'order.placed' ? [invoiceFor(received.event, received)] : [],
  );
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
