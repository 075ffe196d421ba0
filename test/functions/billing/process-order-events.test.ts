import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { InvoiceBook } from '../../../functions/billing/ports.ts';
import { processOrderEvents } from '../../../functions/billing/process-order-events.ts';
import type { ReceivedEvent } from '../../../functions/kernel/order-event.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { anyFaults, faultsOf, noFaults, survive, UNAVAILABLE, type Fault } from '../faults.ts';
import { aCancelled, AMPLE_TIME, aPlaced, aRecord } from '../received-events.ts';
import { InMemoryInvoiceBook } from './in-memory-invoice-book.ts';

/** All events in one run, each in the lane of its order. */
function deliver(book: InvoiceBook, events: readonly ReceivedEvent[]): Promise<readonly ConsumerOutcome[]> {
  const records = events.map((event, offset) => aRecord(event, { offset }));
  return processOrderEvents(book)(records, AMPLE_TIME);
}

/** Each event in a run of its own. */
async function deliverOneByOne(
  book: InvoiceBook,
  events: readonly ReceivedEvent[],
): Promise<readonly ConsumerOutcome[]> {
  const outcomes: ConsumerOutcome[] = [];
  for (const event of events) outcomes.push(...(await deliver(book, [event])));
  return outcomes;
}

/** `processed`, `duplicate`, `skipped cancelled-first`, `poison event-id-reused`, ... */
function inWords(outcome: ConsumerOutcome): string {
  if (outcome.kind === 'skipped') return `skipped ${outcome.reason}`;
  return 'failure' in outcome ? `${outcome.kind} ${outcome.failure.code}` : outcome.kind;
}

const order = aPlaced();
const sentAgain = aPlaced({ eventId: 'event-2' });
const changed = aPlaced({ totalMinor: 999 });
const otherOrder = aPlaced({ eventId: 'event-3', totalMinor: 999 });
const cancellation = aCancelled();
const changedCancellation = aCancelled({ reason: 'too late' });

describe('an order', () => {
  test('becomes an invoice whose content comes from its event alone', async () => {
    const book = new InMemoryInvoiceBook();

    const outcomes = await deliver(book, [order]);

    expect(outcomes).toEqual([{ kind: 'processed', effect: 'invoice' }]);
    expect(book.entries).toEqual(
      new Map([
        [
          'order-1',
          {
            invoiceId: expect.stringMatching(/^INV-[0-9a-f]{32}$/),
            totalMinor: 200,
            currency: 'EUR',
            createdAt: '2026-11-21T08:00:00Z',
            placed: { eventId: 'event-1', payloadHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
          },
        ],
      ]),
    );
  });

  test('of nothing, without lines, is invoiced too', async () => {
    const book = new InMemoryInvoiceBook();

    const outcomes = await deliver(book, [aPlaced({ lines: [], totalMinor: 0 })]);

    expect(outcomes).toEqual([{ kind: 'processed', effect: 'invoice' }]);
    expect(book.entries.get('order-1')?.totalMinor).toBe(0);
  });
});

describe('the orders of a run', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((orderId) => aPlaced({ orderId, eventId: `event-${orderId}` }));
  const orders = [a, b, c].flatMap((event) => event ?? []);

  test('are invoiced with one call', async () => {
    const book = new InMemoryInvoiceBook();

    const outcomes = await deliver(book, orders);

    expect(outcomes.map(inWords)).toEqual(['processed', 'processed', 'processed']);
    expect(book.calls).toEqual(['invoice a b c']);
  });

  test('fail one by one: an order without an answer holds no other one back', async () => {
    const book = new InMemoryInvoiceBook();
    book.faults = faultsOf(['none', 'unavailable', 'replyLost']);

    const outcomes = await deliver(book, orders);
    const again = await deliver(book, orders);

    expect(outcomes.map(inWords)).toEqual([
      'processed',
      'failed store-unavailable',
      'failed store-unavailable',
    ]);
    expect(again.map(inWords)).toEqual(['duplicate', 'processed', 'duplicate']);
    expect(book.invoicesWritten).toBe(3);
  });

  test('that share a lane stop at the first one that fails', async () => {
    const book = new InMemoryInvoiceBook();
    book.faults = faultsOf(['none', 'unavailable']);
    const records = orders.map((event, offset) => aRecord(event, { offset, key: 'one lane' }));

    const outcomes = await processOrderEvents(book)(records, AMPLE_TIME);

    expect(outcomes.map(inWords)).toEqual([
      'processed',
      'failed store-unavailable',
      'failed store-unavailable',
    ]);
    expect(book.calls).toEqual(['invoice a', 'invoice b']);
  });
});

interface Story {
  readonly story: string;
  readonly events: readonly ReceivedEvent[];
  readonly outcomes: readonly string[];
  readonly documents: readonly string[];
}

const stories: readonly Story[] = [
  {
    story: 'delivered again: one invoice',
    events: [order, order],
    outcomes: ['processed', 'duplicate'],
    documents: ['invoice'],
  },
  {
    story: 'sent again under another event id: one invoice',
    events: [order, sentAgain],
    outcomes: ['processed', 'duplicate'],
    documents: ['invoice'],
  },
  {
    story: 'another payload under the same event id: parked',
    events: [order, changed],
    outcomes: ['processed', 'poison event-id-reused'],
    documents: ['invoice'],
  },
  {
    story: 'another order under the same order id: parked',
    events: [order, otherOrder],
    outcomes: ['processed', 'poison order-id-reused'],
    documents: ['invoice'],
  },
  {
    story: 'cancelled: an invoice and its credit note',
    events: [order, cancellation],
    outcomes: ['processed', 'processed'],
    documents: ['invoice', 'credit note'],
  },
  {
    story: 'cancelled twice: one credit note',
    events: [order, cancellation, cancellation],
    outcomes: ['processed', 'processed', 'duplicate'],
    documents: ['invoice', 'credit note'],
  },
  {
    story: 'cancelled a second time with another payload: parked',
    events: [order, cancellation, changedCancellation],
    outcomes: ['processed', 'processed', 'poison event-id-reused'],
    documents: ['invoice', 'credit note'],
  },
  {
    story: 'delivered again after its cancellation: nothing new',
    events: [order, cancellation, order],
    outcomes: ['processed', 'processed', 'duplicate'],
    documents: ['invoice', 'credit note'],
  },
  {
    story: 'cancelled before it is placed: neither invoice nor credit note, ever',
    events: [cancellation, order, cancellation, order],
    outcomes: ['processed', 'skipped cancelled-first', 'duplicate', 'skipped cancelled-first'],
    documents: [],
  },
];

describe('the events of one order', () => {
  describe.each([
    { story: 'one after the other', deliver: deliverOneByOne },
    { story: 'in one run', deliver },
  ])('delivered $story', ({ deliver: handOver }) => {
    test.each(stories)('$story', async ({ events, outcomes, documents }) => {
      const book = new InMemoryInvoiceBook();

      const seen = await handOver(book, events);

      expect(seen.map(inWords)).toEqual(outcomes);
      expect(documentsOf(book)).toEqual(documents);
    });
  });

  test('that say the same are written once in a run', async () => {
    const book = new InMemoryInvoiceBook();

    const outcomes = await deliver(book, [order, sentAgain, ...Array<ReceivedEvent>(98).fill(order)]);

    expect(outcomes.map(inWords)).toEqual(['processed', ...Array<string>(99).fill('duplicate')]);
    expect(book.calls).toEqual(['invoice order-1']);
  });

  test('fail when the store is unavailable, and take effect when they come again', async () => {
    const book = new InMemoryInvoiceBook();
    book.faults = faultsOf(['unavailable']);

    const outcomes = await deliverOneByOne(book, [order, order]);

    expect(outcomes).toEqual([
      { kind: 'failed', failure: UNAVAILABLE },
      { kind: 'processed', effect: 'invoice' },
    ]);
  });

  test('give a credit note when the invoice comes between the two writes of the cancellation', async () => {
    const book = new InMemoryInvoiceBook();
    const racing: InvoiceBook = {
      recordInvoices: book.recordInvoices,
      recordCreditNote: book.recordCreditNote,
      barInvoice: async (cancelled) => {
        await deliver(book, [order]);
        return book.barInvoice(cancelled);
      },
    };

    const outcomes = await deliver(racing, [cancellation]);

    expect(outcomes).toEqual([{ kind: 'processed' }]);
    expect(documentsOf(book)).toEqual(['invoice', 'credit note']);
  });

  test('make one invoice and one credit note when each is delivered ten times at once', async () => {
    const book = new InMemoryInvoiceBook();
    const tenTimes = (event: ReceivedEvent) =>
      Promise.all(Array.from({ length: 10 }, () => deliver(book, [event])));

    const invoiced = await tenTimes(order);
    const credited = await tenTimes(cancellation);

    const once = ['processed', ...Array<string>(9).fill('duplicate')];
    expect(invoiced.flat().map(inWords)).toEqual(once);
    expect(credited.flat().map(inWords)).toEqual(once);
    expect(documentsOf(book)).toEqual(['invoice', 'credit note']);
  });

  test('leave at most one invoice and its credit note, whatever is repeated, reordered or interrupted', async () => {
    const anyEvent = fc.constantFrom(
      order,
      sentAgain,
      changed,
      otherOrder,
      cancellation,
      changedCancellation,
    );
    const anyDelivery = fc.tuple(fc.array(anyEvent, { minLength: 1, maxLength: 6 }), anyFaults);

    await fc.assert(
      fc.asyncProperty(fc.array(anyDelivery, { maxLength: 12 }), async (deliveries) => {
        const book = new InMemoryInvoiceBook();

        await deliverUnderFaults(book, deliveries);
        book.faults = noFaults;
        await deliver(book, [order, cancellation]);

        const { invoiceId, creditNoteId, cancelled } = book.entries.get('order-1') ?? {};
        expect(book.invoicesWritten).toBe(invoiceId === undefined ? 0 : 1);
        expect(creditNoteId === undefined).toBe(invoiceId === undefined);
        expect(cancelled).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});

async function deliverUnderFaults(
  book: InMemoryInvoiceBook,
  deliveries: readonly (readonly [readonly ReceivedEvent[], readonly Fault[]])[],
): Promise<void> {
  for (const [events, faults] of deliveries) {
    book.faults = faultsOf(faults);
    await survive(deliver(book, events));
  }
}

function documentsOf(book: InMemoryInvoiceBook): readonly string[] {
  const { invoiceId, creditNoteId } = book.entries.get('order-1') ?? {};
  return [
    ...(invoiceId === undefined ? [] : ['invoice']),
    ...(creditNoteId === undefined ? [] : ['credit note']),
  ];
}
