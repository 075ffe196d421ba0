import { PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { OrderEventWire } from '../../functions/kernel/order-event-schema.ts';
import { CATALOGUE } from '../../cli/orders/catalogue.ts';
import type { KafkaEvent } from '../../functions/kafka/kafka-event.ts';
import { INVOICE_SORT_KEY, orderKey } from '../../functions/kernel/table-keys.ts';
import type { Bench, Contest, Contestant, Metric } from '../harness/bench.ts';
import { timed } from '../harness/timed.ts';
import { onceByPowertools } from '../peers/powertools-idempotency.ts';
import { startMiniStackStore } from '../store/start-ministack-store.ts';
import { startMockStore } from '../store/start-mock-store.ts';
import type { Stock } from '../store/store.ts';
import {
  AT_ONCE,
  BATCH,
  batchesOf,
  BENCH_TABLE,
  whole,
  worldOn,
  type World,
} from '../fixtures/consumer-world.ts';
import { lambdaContext } from '../fixtures/lambda-context.ts';
import { runAtOnce } from '../fixtures/run-at-once.ts';

/** The share of orders for the slow one-by-one contestant: a tenth is enough. */
const SEQUENTIAL_SHARE = 10;

const METRICS: readonly Metric[] = [
  { name: 'rate', title: 'events a second', digits: 0 },
  { name: 'cpuUs', title: 'CPU µs an event', digits: 0 },
  { name: 'requests', title: 'requests an event', digits: 3 },
  { name: 'transactions', title: 'transactions an event', digits: 3 },
];

const CHART = { title: 'Events a second', metric: 'rate' };

const SOLD_OUT: Stock = Object.fromEntries(CATALOGUE.map(({ sku }) => [sku, 0]));

export const effects: Bench = {
  name: 'effects',
  question: 'What does an effect cost that happens exactly once: an invoice, a reservation, a back-order?',
  run: async ({ isQuick }, contest) => {
    const events = isQuick ? BATCH : BATCH * 4;
    const store = await startMockStore();
    try {
      const world = await worldOn(store);
      await contest(billingContest(world, events));
      await contest(duplicatesContest(world, events));
      await contest(inventoryContest(world, events));
    } finally {
      await store.stop();
    }
  },
};

export const emulatorEffects: Bench = {
  name: 'emulator-effects',
  question: 'The same on MiniStack, which keeps its items in one Python process: what does a developer see?',
  run: async ({ isQuick }, contest) => {
    const events = isQuick ? BATCH : BATCH * 2;
    const store = await startMiniStackStore(BENCH_TABLE);
    try {
      await contest(emulatorContest(await worldOn(store), events));
    } finally {
      await store.stop();
    }
  },
};

function billingContest(world: World, events: number): Contest {
  const ours = 'order-events billing';
  const bare = 'bare loop of PutItem, 50 at once';
  const parallel = 'Powertools idempotency, all at once';
  return {
    title: 'Billing on a store that answers in 7.5 ms',
    work: [
      `${events} new orders a round in batches of ${BATCH}; one invoice each.`,
      'The store holds conditions and answers each call after 7.5 ms, and 0.2 ms for each further statement in it.',
      'The bare loop writes the same item with the same condition; it validates nothing, and cannot tell a redelivery from another order.',
    ],
    metrics: METRICS,
    contestants: [
      ofBatches(world, ours, { events, handle: whole(world.billing) }),
      ofBatches(world, bare, {
        events,
        handle: (event) => runAtOnce(ordersIn(event), AT_ONCE, putInvoice(world)),
      }),
      ofBatches(world, parallel, {
        events,
        handle: (event) => Promise.all(ordersIn(event).map(guardedByPowertools(world))),
      }),
      ofBatches(world, 'Powertools idempotency, one by one', {
        events: events / SEQUENTIAL_SHARE,
        handle: (event) => runAtOnce(ordersIn(event), 1, guardedByPowertools(world)),
      }),
    ],
    ratios: [
      {
        title: 'ours against Powertools, rate',
        metric: 'rate',
        of: ours,
        to: parallel,
        goal: { is: 'at least', value: 6 },
      },
      {
        title: 'ours against the bare loop, rate',
        metric: 'rate',
        of: ours,
        to: bare,
        goal: { is: 'at least', value: 2 },
      },
      { title: 'ours against the bare loop, CPU', metric: 'cpuUs', of: ours, to: bare },
    ],
    bounds: [
      { title: 'requests an event', metric: 'requests', of: ours, goal: { is: 'at most', value: 0.1 } },
    ],
    chart: CHART,
  };
}

function duplicatesContest(world: World, events: number): Contest {
  const orders = world.freshOrders(events);
  const ours = 'order-events billing';
  const parallel = 'Powertools idempotency, all at once';
  const again = { events, orders: () => orders };
  return {
    title: 'Billing, all of it delivered before',
    work: [`The same ${events} orders each round: nothing is written, each must be recognized.`],
    metrics: METRICS,
    contestants: [
      ofBatches(world, ours, { ...again, handle: whole(world.billing) }),
      ofBatches(world, parallel, {
        ...again,
        handle: (event) => Promise.all(ordersIn(event).map(guardedByPowertools(world))),
      }),
    ],
    ratios: [{ title: 'ours against Powertools, rate', metric: 'rate', of: ours, to: parallel }],
    bounds: [],
    chart: CHART,
  };
}

function inventoryContest(world: World, events: number): Contest {
  const inStock = 'in stock';
  const soldOut = 'sold out';
  const oneOrder = 'one order again and again';
  const handle = whole(world.inventory);
  return {
    title: 'Inventory on the same store',
    work: [
      `${events} orders a round in batches of ${BATCH}, over ${CATALOGUE.length} skus; a transaction takes 25 ms and 0.34 ms for each item.`,
      'In stock: all new, goods without end. Hot sku: all of them want the same. Sold out: nothing is there, each becomes a back-order.',
      'Running out: there is enough for about half of them. One order: the same event over and over, in one lane.',
    ],
    metrics: METRICS,
    contestants: [
      ofBatches(world, inStock, { events, handle, stock: {} }),
      ofBatches(world, 'hot sku', {
        events,
        handle,
        stock: {},
        orders: () => world.freshOrders(events).map(ofHotSku),
      }),
      ofBatches(world, soldOut, { events, handle, stock: SOLD_OUT }),
      ofBatches(world, 'running out', { events, handle, stock: halfOf(events) }),
      ofBatches(world, oneOrder, { events, handle, stock: {}, orders: () => sameAgain(world, events) }),
    ],
    ratios: [
      {
        title: 'sold out against in stock, rate',
        metric: 'rate',
        of: soldOut,
        to: inStock,
        goal: { is: 'at least', value: 0.5 },
      },
    ],
    bounds: [
      {
        title: 'in stock: transactions an event',
        metric: 'transactions',
        of: inStock,
        goal: { is: 'at most', value: 0.02 },
      },
      {
        title: 'sold out: requests an event',
        metric: 'requests',
        of: soldOut,
        goal: { is: 'at most', value: 0.2 },
      },
      {
        title: 'one order: transactions an event',
        metric: 'transactions',
        of: oneOrder,
        goal: { is: 'at most', value: 0.1 },
      },
    ],
    chart: CHART,
  };
}

function emulatorContest(world: World, events: number): Contest {
  const ours = 'order-events billing';
  const bare = 'bare loop of PutItem, 50 at once';
  const inStock = 'order-events inventory, in stock';
  const soldOut = 'order-events inventory, sold out';
  return {
    title: 'Effects on MiniStack',
    work: [`${events} new orders a round in batches of ${BATCH}.`],
    metrics: METRICS.slice(0, 2),
    contestants: [
      ofBatches(world, ours, { events, handle: whole(world.billing) }),
      ofBatches(world, bare, {
        events,
        handle: (event) => runAtOnce(ordersIn(event), AT_ONCE, putInvoice(world)),
      }),
      ofBatches(world, inStock, { events, handle: whole(world.inventory), stock: {} }),
      ofBatches(world, soldOut, { events, handle: whole(world.inventory), stock: SOLD_OUT }),
    ],
    ratios: [
      {
        title: 'billing against the bare loop, rate',
        metric: 'rate',
        of: ours,
        to: bare,
        goal: { is: 'at least', value: 2 },
      },
      {
        title: 'sold out against in stock, rate',
        metric: 'rate',
        of: soldOut,
        to: inStock,
        goal: { is: 'at least', value: 0.5 },
      },
    ],
    bounds: [],
    chart: CHART,
  };
}

interface Batches {
  readonly events: number;
  readonly handle: (event: KafkaEvent) => Promise<unknown>;
  readonly orders?: () => readonly OrderEventWire[];
  readonly stock?: Stock;
}

/** A contestant that handles batches one after the other, as the calls of one poller do. */
function ofBatches(world: World, name: string, { events, handle, orders, stock }: Batches): Contestant {
  return {
    name,
    measure: async () => {
      const batches = batchesOf(orders === undefined ? world.freshOrders(events) : orders());
      if (stock !== undefined) await world.store.setStock(stock);
      await world.store.takeCounts();
      const cost = await timed(events, async () => {
        for (const event of batches) await handle(event);
      });
      const counts = await world.store.takeCounts();
      if (counts === undefined) return { ...cost };
      const requests = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const transactions = counts['TransactWriteItems'] ?? 0;
      return { ...cost, requests: requests / events, transactions: transactions / events };
    },
  };
}

function ordersIn({ records }: KafkaEvent): readonly OrderEventWire[] {
  return Object.values(records)
    .flat()
    .map(({ value }) => JSON.parse(Buffer.from(value ?? '', 'base64').toString()) as OrderEventWire);
}

/** Returns the simplest function that writes one invoice for an order. */
function putInvoice(world: World): (order: OrderEventWire) => Promise<string> {
  return putItem(world, {
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
}

/** The marker beside the effect takes the place of a condition. */
function guardedByPowertools(world: World): (order: OrderEventWire) => Promise<string> {
  const { client } = world;
  return onceByPowertools(putItem(world, {}), { client, tableName: BENCH_TABLE, context: lambdaContext });
}

function putItem(
  { client }: World,
  condition: Pick<PutItemCommandInput, 'ConditionExpression' | 'ReturnValuesOnConditionCheckFailure'>,
): (order: OrderEventWire) => Promise<string> {
  return async (order) => {
    if (order.type !== 'order.placed') throw new Error('Only orders are invoiced here.');
    const { subject, data, time, id } = order;
    await client.send(
      new PutItemCommand({
        TableName: BENCH_TABLE,
        Item: marshall({
          pk: orderKey(subject),
          sk: INVOICE_SORT_KEY,
          invoiceId: `INV-${subject}`,
          totalMinor: data.total,
          currency: data.currency,
          createdAt: time,
          placedEventId: id,
        }),
        ...condition,
      }),
    );
    return id;
  };
}

function ofHotSku(order: OrderEventWire): OrderEventWire {
  if (order.type !== 'order.placed') return order;
  const lines = [{ sku: CATALOGUE[0]?.sku ?? '', quantity: 1, unitPrice: 100 }];
  return { ...order, data: { ...order.data, lines, total: 100 } };
}

/** Orders take one to three skus, one to four pieces of each: about half a piece of each sku an order. */
function halfOf(events: number): Stock {
  return Object.fromEntries(CATALOGUE.map(({ sku }) => [sku, Math.round(events / 4)]));
}

function sameAgain(world: World, events: number): readonly OrderEventWire[] {
  const [order] = world.freshOrders(1);
  return order === undefined ? [] : Array.from({ length: events }, () => order);
}
