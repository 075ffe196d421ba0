import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { processOrderEvents } from '../../../functions/inventory/process-order-events.ts';
import type { StockTransaction } from '../../../functions/inventory/ports.ts';
import type { Deadline } from '../../../functions/kernel/deadline.ts';
import type { ReceivedEvent } from '../../../functions/kernel/order-event.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { anyFaults, faultsOf, noFaults, survive } from '../faults.ts';
import { aCancelled, AMPLE_TIME, aPlaced, aRecord, timeLeft } from '../received-events.ts';
import { InMemoryStockBook } from './in-memory-stock-book.ts';

type Lines = Readonly<Record<string, number>>;

function order(orderId: string, lines: Lines, eventId = `placed-${orderId}`): ReceivedEvent {
  return aPlaced({
    orderId,
    eventId,
    lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity, unitPriceMinor: 1 })),
  });
}

function cancellation(orderId: string): ReceivedEvent {
  return aCancelled({ orderId, eventId: `cancelled-${orderId}` });
}

interface Delivery {
  readonly deadline?: Deadline;
  readonly pauses?: number[];
}

function deliver(book: InMemoryStockBook, events: readonly ReceivedEvent[], delivery: Delivery = {}) {
  const { deadline = AMPLE_TIME, pauses = [] } = delivery;
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const process = processOrderEvents({ book, pacing: { pause, random: () => 0.5 } });
  const records = events.map((event, offset) => aRecord(event, { offset }));
  return process(records, deadline);
}

function inWords(outcome: ConsumerOutcome): string {
  if (outcome.kind === 'skipped') return `skipped ${outcome.reason}`;
  return 'failure' in outcome ? `${outcome.kind} ${outcome.failure.code}` : outcome.kind;
}

/** `a: RESERVED`, ... and the pieces of each sku as available/reserved. */
function stateOf(book: InMemoryStockBook) {
  return {
    reservations: Object.fromEntries(Array.from(book.reservations, ([id, { status }]) => [id, status])),
    stock: Object.fromEntries(
      Array.from(book.stock, ([sku, { available, reserved }]) => [sku, `${available}/${reserved}`]),
    ),
  };
}

interface Story {
  readonly story: string;
  readonly events: readonly ReceivedEvent[];
  readonly outcomes: readonly string[];
  readonly reservations: Readonly<Record<string, string>>;
  readonly apple: string;
}

const stories: readonly Story[] = [
  {
    story: 'orders of a run are reserved together',
    events: [order('a', { apple: 2 }), order('b', { apple: 3 })],
    outcomes: ['processed', 'processed'],
    reservations: { a: 'RESERVED', b: 'RESERVED' },
    apple: '5/5',
  },
  {
    story: 'a redelivered order reserves once',
    events: [order('a', { apple: 2 }), order('a', { apple: 2 })],
    outcomes: ['processed', 'duplicate'],
    reservations: { a: 'RESERVED' },
    apple: '8/2',
  },
  {
    story: 'another payload under the same event id is parked',
    events: [order('a', { apple: 2 }), order('a', { apple: 3 })],
    outcomes: ['processed', 'poison event-id-reused'],
    reservations: { a: 'RESERVED' },
    apple: '8/2',
  },
  {
    story: 'another order under the same order id is parked',
    events: [order('a', { apple: 2 }), order('a', { apple: 3 }, 'other')],
    outcomes: ['processed', 'poison order-id-reused'],
    reservations: { a: 'RESERVED' },
    apple: '8/2',
  },
  {
    story: 'when the sum is too much, earlier orders get what there is and the others wait',
    events: [order('a', { apple: 6 }), order('b', { apple: 5 }), order('c', { apple: 4 })],
    outcomes: ['processed', 'processed', 'processed'],
    reservations: { a: 'RESERVED', b: 'BACKORDERED', c: 'RESERVED' },
    apple: '0/10',
  },
  {
    story: 'an unknown sku is stock of nothing',
    events: [order('a', { nowhere: 1, apple: 1 })],
    outcomes: ['processed'],
    reservations: { a: 'BACKORDERED' },
    apple: '10/0',
  },
  {
    story: 'a cancellation in the same run releases what was reserved',
    events: [order('a', { apple: 2 }), cancellation('a')],
    outcomes: ['processed', 'processed'],
    reservations: { a: 'CANCELLED' },
    apple: '10/0',
  },
  {
    story: 'a cancellation releases once',
    events: [order('a', { apple: 2 }), order('b', { apple: 2 }), cancellation('a'), cancellation('a')],
    outcomes: ['processed', 'processed', 'processed', 'duplicate'],
    reservations: { a: 'CANCELLED', b: 'RESERVED' },
    apple: '8/2',
  },
  {
    story: 'cancelling a back-order gives nothing back',
    events: [order('a', { apple: 11 }), cancellation('a')],
    outcomes: ['processed', 'processed'],
    reservations: { a: 'CANCELLED' },
    apple: '10/0',
  },
  {
    story: 'an order that was cancelled first reserves nothing',
    events: [cancellation('a'), order('a', { apple: 2 })],
    outcomes: ['processed', 'skipped cancelled-first'],
    reservations: { a: 'CANCELLED' },
    apple: '10/0',
  },
  {
    story: 'an order redelivered after its cancellation reserves nothing',
    events: [order('a', { apple: 2 }), cancellation('a'), order('a', { apple: 2 })],
    outcomes: ['processed', 'processed', 'duplicate'],
    reservations: { a: 'CANCELLED' },
    apple: '10/0',
  },
  {
    story: 'an order without lines is a no-op',
    events: [order('a', {})],
    outcomes: ['skipped no-lines'],
    reservations: {},
    apple: '10/0',
  },
];

const contended: StockTransaction = {
  kind: 'contended',
  failure: { code: 'store-unavailable', message: 'busy' },
};
const unknown: StockTransaction = { ...contended, kind: 'unknown' };
const rejected: StockTransaction = {
  kind: 'rejected',
  failure: { code: 'store-refused', message: 'never' },
};

describe('a run of order events', () => {
  test.each(stories)('$story', async ({ events, outcomes, reservations, apple }) => {
    const book = new InMemoryStockBook({ apple: 10 });

    const seen = await deliver(book, events);

    expect(seen.map(inWords)).toEqual(outcomes);
    expect(stateOf(book)).toEqual({ reservations, stock: { apple } });
  });

  test('is one transaction when all orders are new and the stock lasts', async () => {
    const book = new InMemoryStockBook({ apple: 10, pear: 10 });

    await deliver(book, [
      order('a', { apple: 1 }),
      order('b', { pear: 1 }),
      order('c', { apple: 1, pear: 1 }),
    ]);

    expect(book.calls).toEqual(['reserve a b c']);
  });

  test('sends transactions that share a sku one after the other', async () => {
    const book = new InMemoryStockBook({ apple: 1_000 });
    const orders = Array.from({ length: 250 }, (_, index) => order(`o${index}`, { apple: 1 }));

    await deliver(book, orders);
    await deliver(
      book,
      orders.map(({ event }) => cancellation(event.orderId)),
    );

    expect(book.calls.filter((call) => call.startsWith('reserve'))).toHaveLength(3);
    expect(book.calls.filter((call) => call.startsWith('release'))).toHaveLength(250);
    expect(book.collisions).toBe(0);
  });

  test('drops duplicates from the transaction and sends the rest', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    await deliver(book, [order('b', { apple: 1 })]);
    book.calls.length = 0;

    const outcomes = await deliver(book, [order('a', { apple: 1 }), order('b', { apple: 1 })]);

    expect(outcomes.map(inWords)).toEqual(['processed', 'duplicate']);
    expect(book.calls).toEqual(['reserve a b', 'reserve a']);
  });

  test('reads the stock once after a refusal, and gives it out in the order of the orders', async () => {
    const book = new InMemoryStockBook({ apple: 2, pear: 10 });

    await deliver(book, [
      order('a', { apple: 1 }),
      order('b', { pear: 1 }),
      order('c', { apple: 2 }),
      order('d', { apple: 1 }),
      order('e', { apple: 1 }),
    ]);

    expect(book.calls).toEqual([
      'reserve a b c d e',
      'stock apple pear',
      'reserve a b d',
      'put BACKORDERED c e',
    ]);
  });

  test('sends no transaction for orders of a sku that the run has seen sold out', async () => {
    const book = new InMemoryStockBook({ apple: 0 });
    const orders = Array.from({ length: 250 }, (_, index) => order(`o${index}`, { apple: 1 }));

    const outcomes = await deliver(book, orders);

    expect(new Set(outcomes.map(inWords))).toEqual(new Set(['processed']));
    expect(book.calls.map((call) => call.split(' ')[0])).toEqual([
      'reserve',
      'stock',
      'put',
      'stock',
      'put',
      'stock',
      'put',
    ]);
  });

  test('decides anew about those behind an order that turns out to be a duplicate', async () => {
    const book = new InMemoryStockBook({ apple: 3, fig: 0 });
    await deliver(book, [order('a', { apple: 2 })]);
    book.calls.length = 0;

    const outcomes = await deliver(book, [
      order('f', { fig: 1 }),
      order('a', { apple: 2 }),
      order('b', { apple: 1 }),
    ]);

    expect(outcomes.map(inWords)).toEqual(['processed', 'duplicate', 'processed']);
    expect(stateOf(book)).toEqual({
      reservations: { a: 'RESERVED', b: 'RESERVED', f: 'BACKORDERED' },
      stock: { apple: '0/3', fig: '0/0' },
    });
  });

  test('goes on order by order where others take the goods between reading and writing', async () => {
    const book = new InMemoryStockBook({ apple: 2 });
    const short: StockTransaction = { kind: 'stockShort', skus: ['apple'] };
    book.planned.push(short, short, short, short);

    const outcomes = await deliver(book, [order('a', { apple: 1 }), order('b', { apple: 1 })]);

    expect(outcomes.map(inWords)).toEqual(['processed', 'processed']);
    expect(book.calls).toEqual([
      'reserve a b',
      'stock apple',
      'reserve a b',
      'stock apple',
      'reserve a b',
      'stock apple',
      'reserve a b',
      'stock apple',
      'reserve a',
      'stock apple',
      'reserve b',
    ]);
  });

  test('settles nothing when the stock cannot be read', async () => {
    const book = new InMemoryStockBook({ apple: 1 });
    book.faults = faultsOf(['none', 'unavailable']);

    const outcomes = await deliver(book, [order('a', { apple: 1 }), order('b', { apple: 1 })]);

    expect(outcomes.map(inWords)).toEqual(['failed store-unavailable', 'failed store-unavailable']);
    expect(book.reservations.size).toBe(0);
  });

  test('fails only the back-order that gets no answer', async () => {
    const book = new InMemoryStockBook({ apple: 0 });
    book.faults = faultsOf(['none', 'none', 'unavailable', 'none', 'replyLost']);
    const orders = ['a', 'b', 'c'].map((orderId) => order(orderId, { apple: 1 }));

    const first = await deliver(book, orders);
    const second = await deliver(book, orders);

    expect(first.map(inWords)).toEqual(['failed store-unavailable', 'processed', 'failed store-unavailable']);
    expect(second.map(inWords)).toEqual(['processed', 'duplicate', 'duplicate']);
  });

  test('of one order that says the same again and again is one transaction', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    const events = Array<ReceivedEvent>(100).fill(order('a', { apple: 1 }));

    const outcomes = await deliver(book, [...events, cancellation('a'), cancellation('a'), ...events]);

    expect(outcomes.map(inWords)).toEqual([
      'processed',
      ...Array<string>(99).fill('duplicate'),
      'processed',
      ...Array<string>(101).fill('duplicate'),
    ]);
    expect(book.calls).toEqual(['reserve a', 'find a', 'release a']);
  });

  test('splits a chunk that is contended twice and gives up after five tries', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    book.planned.push(contended, contended, contended, contended, contended);
    const pauses: number[] = [];

    const outcomes = await deliver(book, [order('a', { apple: 1 }), order('b', { apple: 1 })], { pauses });

    expect(outcomes.map(inWords)).toEqual(['failed store-unavailable', 'processed']);
    expect(book.calls).toEqual([
      'reserve a b',
      'reserve a b',
      'reserve a',
      'reserve a',
      'reserve a',
      'reserve b',
    ]);
    expect(pauses).toEqual([20, 40, 80, 160, 40]);
  });

  test('splits a full chunk into narrower ones before it goes on order by order', async () => {
    const book = new InMemoryStockBook({ apple: 100 });
    book.planned.push(contended, contended, contended);
    const orders = Array.from({ length: 60 }, (_, index) => order(`o${index}`, { apple: 1 }));

    const outcomes = await deliver(book, orders);

    expect(new Set(outcomes.map(inWords))).toEqual(new Set(['processed']));
    expect(book.calls.map((call) => call.split(' ').length - 1)).toEqual([
      60,
      60,
      25,
      ...Array<number>(25).fill(1),
      25,
      10,
    ]);
  });

  test('sends a transaction without an answer once more, and finds it done', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    book.faults = faultsOf(['replyLost']);

    const outcomes = await deliver(book, [order('a', { apple: 1 })]);

    expect(outcomes).toEqual([{ kind: 'duplicate' }]);
    expect(stateOf(book)).toEqual({ reservations: { a: 'RESERVED' }, stock: { apple: '9/1' } });
  });

  test('fails when there is no answer a second time', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    book.planned.push(unknown, unknown);

    const outcomes = await deliver(book, [order('a', { apple: 1 })]);

    expect(outcomes).toEqual([{ kind: 'failed', failure: unknown.failure }]);
  });

  test('parks the one order that the store will never accept', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    book.planned.push(rejected, rejected);

    const outcomes = await deliver(book, [order('a', { apple: 1 }), order('b', { apple: 1 })]);

    expect(outcomes).toEqual([{ kind: 'poison', failure: rejected.failure }, { kind: 'processed' }]);
  });

  test('reads the reservation again when it changed before the release', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    await deliver(book, [order('a', { apple: 2 })]);
    book.planned.push({ kind: 'reservationsMet', met: [] });

    const outcomes = await deliver(book, [cancellation('a')]);

    expect(outcomes).toEqual([{ kind: 'processed' }]);
    expect(stateOf(book)).toEqual({ reservations: { a: 'CANCELLED' }, stock: { apple: '10/0' } });
  });

  test('gives up a release that is contended five times', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    await deliver(book, [order('a', { apple: 2 })]);
    book.planned.push(contended, contended, contended, contended, contended);

    const outcomes = await deliver(book, [cancellation('a')]);

    expect(outcomes).toEqual([{ kind: 'failed', failure: contended.failure }]);
    expect(stateOf(book)).toEqual({ reservations: { a: 'RESERVED' }, stock: { apple: '8/2' } });
  });

  test('parks a release when less is reserved than the order holds', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    await deliver(book, [order('a', { apple: 2 })]);
    book.stock.set('apple', { available: 10, reserved: 1 });

    const outcomes = await deliver(book, [cancellation('a')]);

    expect(outcomes.map(inWords)).toEqual(['poison stock-inconsistent']);
  });

  test('ends in time on a slow store, and gives back what is undone of many orders that are sold out', async () => {
    const orders = Array.from({ length: 250 }, (_, index) => order(`order-${index}`, { apple: 1 }));
    const book = new InMemoryStockBook({ apple: 0 });
    let remainingMs = 60_000;
    slowDown(book, () => (remainingMs -= 9_550));
    const deadline = { remainingMs: () => remainingMs };

    const first = await deliver(book, orders, { deadline });
    const leftMs = remainingMs;
    remainingMs = 60_000;
    const second = await deliver(book, orders, { deadline });

    expect(new Set(first.map(inWords))).toEqual(new Set(['processed', 'failed out-of-time']));
    expect(leftMs).toBeGreaterThan(2_500);
    expect(new Set(second.map(inWords))).toEqual(new Set(['processed', 'duplicate']));
  });

  test('starts no transaction without time for it', async () => {
    const book = new InMemoryStockBook({ apple: 10 });

    const outcomes = await deliver(book, [order('a', { apple: 1 })], { deadline: timeLeft(2_900) });

    expect(outcomes.map(inWords)).toEqual(['failed out-of-time']);
    expect(book.calls).toEqual([]);
  });

  test('does not pause for a try that the deadline leaves no time for', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    book.planned.push(contended);
    const pauses: number[] = [];

    const outcomes = await deliver(book, [order('a', { apple: 1 })], { deadline: timeLeft(3_010), pauses });

    expect(outcomes.map(inWords)).toEqual(['failed out-of-time']);
    expect(pauses).toEqual([]);
  });

  test('applies no later record of a lane or of an order whose earlier record failed', async () => {
    const book = new InMemoryStockBook({ apple: 10 });
    book.planned.push(unknown, unknown);
    const process = processOrderEvents({
      book,
      pacing: { pause: () => Promise.resolve(), random: () => 0 },
    });

    const outcomes = await process(
      [
        aRecord(order('a', { apple: 1 }), { key: 'lane-1' }),
        aRecord(order('b', { apple: 1 }), { key: 'lane-1' }),
        aRecord(cancellation('a'), { key: 'lane-2' }),
        aRecord(order('c', { apple: 1 }), { key: 'lane-2' }),
      ],
      AMPLE_TIME,
    );

    expect(outcomes.map(inWords)).toEqual(Array(4).fill('failed store-unavailable'));
    expect(book.reservations.size).toBe(0);
  });
});

const SKUS = { apple: 12, pear: 7, fig: 0 } as const;

const anyEvent = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', 'd').map(orderOf) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'b', 'c', 'd').map(cancellation) },
);

/** Each order always wants the same, so that a repetition is a redelivery. */
function orderOf(orderId: string): ReceivedEvent {
  const wants: Readonly<Record<string, Lines>> = {
    a: { apple: 5, pear: 3 },
    b: { apple: 5 },
    c: { pear: 5, apple: 2 },
    d: { apple: 1, fig: 1 },
  };
  return order(orderId, wants[orderId] ?? {});
}

describe('whatever is repeated, reordered or interrupted', () => {
  test('ten invocations at once reserve and release each order once', async () => {
    const book = new InMemoryStockBook(SKUS);
    const events = ['a', 'b', 'c', 'd'].map(orderOf);
    const tenTimes = (run: readonly ReceivedEvent[]) =>
      Promise.all(Array.from({ length: 10 }, () => deliver(book, run)));

    const placed = await tenTimes(events);
    expectBalance(book);
    const cancelled = await tenTimes([cancellation('a'), cancellation('b')]);

    expect(placed.flat().filter(({ kind }) => kind === 'processed')).toHaveLength(4);
    expect(cancelled.flat().filter(({ kind }) => kind === 'processed')).toHaveLength(2);
    expectBalance(book);
  });

  test('an earlier order never waits for the sake of a later one', async () => {
    const anyLines = fc.dictionary(fc.constantFrom('apple', 'pear', 'fig'), fc.integer({ min: 1, max: 4 }), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyLines, { minLength: 1, maxLength: 40 }), async (wanted) => {
        const book = new InMemoryStockBook(SKUS);

        await deliver(
          book,
          wanted.map((lines, index) => order(`o${index}`, lines)),
        );

        expectBalance(book);
        expect(stateOf(book).reservations).toEqual(oneByOne(wanted));
      }),
      { numRuns: 150 },
    );
  });

  test('stock is never below zero, none is lost, and what is reserved is what open reservations hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(anyEvent, { maxLength: 8 }), anyFaults), { maxLength: 6 }),
        async (runs) => {
          const book = new InMemoryStockBook(SKUS);

          for (const [events, faults] of runs) {
            book.faults = faultsOf(faults);
            await survive(deliver(book, events));
            expectBalance(book);
          }
          book.faults = noFaults;
          const last = ['a', 'b', 'c', 'd'];
          const outcomes = await deliver(book, [...last.map(orderOf), ...last.map(cancellation)]);

          expect(outcomes.filter(({ kind }) => kind === 'failed' || kind === 'poison')).toEqual([]);
          expect(stateOf(book)).toEqual({
            reservations: { a: 'CANCELLED', b: 'CANCELLED', c: 'CANCELLED', d: 'CANCELLED' },
            stock: { apple: '12/0', pear: '7/0', fig: '0/0' },
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** What becomes of orders that come to the stock one after the other. */
function oneByOne(wanted: readonly Lines[]): Readonly<Record<string, string>> {
  const left = new Map<string, number>(Object.entries(SKUS));
  return Object.fromEntries(
    wanted.map((lines, index) => {
      const fits = Object.entries(lines).every(([sku, quantity]) => (left.get(sku) ?? 0) >= quantity);
      if (fits)
        for (const [sku, quantity] of Object.entries(lines)) left.set(sku, (left.get(sku) ?? 0) - quantity);
      return [`o${index}`, fits ? 'RESERVED' : 'BACKORDERED'];
    }),
  );
}

function expectBalance(book: InMemoryStockBook): void {
  const held = Array.from(book.reservations.values()).flatMap((reservation) =>
    reservation.status === 'RESERVED' ? reservation.lines : [],
  );
  for (const [sku, pieces] of Object.entries(SKUS)) {
    const reserved = held
      .filter((line) => line.sku === sku)
      .reduce((total, { quantity }) => total + quantity, 0);
    expect(book.stock.get(sku)).toEqual({ available: pieces - reserved, reserved });
    expect(pieces - reserved).toBeGreaterThanOrEqual(0);
  }
}

/** Lets time pass with each call about reservations. */
function slowDown(book: InMemoryStockBook, pass: () => void): void {
  const { reserve, readStock, recordBackorders } = book;
  Object.assign(book, {
    reserve: (...args: Parameters<typeof reserve>) => {
      pass();
      return reserve(...args);
    },
    readStock: (...args: Parameters<typeof readStock>) => {
      pass();
      return readStock(...args);
    },
    recordBackorders: (...args: Parameters<typeof recordBackorders>) => {
      pass();
      return recordBackorders(...args);
    },
  });
}
