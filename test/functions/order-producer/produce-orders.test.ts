import { describe, expect, test } from '@jest/globals';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';
import type { OrderRecord } from '../../../functions/order-producer/ports.ts';
import { produceOrders, type ProduceDeps } from '../../../functions/order-producer/produce-orders.ts';
import { anOrderCancelled, anOrderPlaced } from '../kernel/wire-events.ts';

const TIME = new Date('2026-11-20T10:00:00Z');
const REQUEST = '8476a536-e9f4-11e8-9739-2dfe598c3fcd';

/** A topic of one partition that keeps what is appended; the first offset is 40. */
function aTopic(overrides: Partial<ProduceDeps> = {}) {
  const appended: OrderRecord[][] = [];
  const deps: ProduceDeps = {
    append: (records) => {
      appended.push([...records]);
      return Promise.resolve(records.map((_, index) => ({ partition: 3, offset: 40 + index })));
    },
    now: () => TIME,
    currency: 'EUR',
    ...overrides,
  };
  const produce = (payload: unknown, requestId = REQUEST) => produceOrders({ payload, requestId }, deps);
  return { appended, produce };
}

describe('test orders', () => {
  test('are events that consumers can read, each under its order id, and reach nobody', async () => {
    const { appended, produce } = aTopic();

    await produce({ count: 2 });

    const [records = []] = appended;
    expect(records.map(({ key }) => key)).toEqual([`test-${REQUEST}-1`, `test-${REQUEST}-2`]);
    expect(records.map(({ value }) => eventIn(value))).toEqual([
      {
        type: 'order.placed',
        eventId: `test-${REQUEST}-1-placed`,
        orderId: `test-${REQUEST}-1`,
        time: '2026-11-20T10:00:00.000Z',
        customer: { email: `success+test-${REQUEST}-1@simulator.amazonses.com` },
        lines: [{ sku: 'test-article-1', quantity: 1, unitPriceMinor: 250 }],
        currency: 'EUR',
        totalMinor: 250,
      },
      {
        type: 'order.placed',
        eventId: `test-${REQUEST}-2-placed`,
        orderId: `test-${REQUEST}-2`,
        time: '2026-11-20T10:00:00.000Z',
        customer: { email: `success+test-${REQUEST}-2@simulator.amazonses.com` },
        lines: [{ sku: 'test-article-2', quantity: 2, unitPriceMinor: 500 }],
        currency: 'EUR',
        totalMinor: 1_000,
      },
    ]);
  });

  test('are answered with the position of each of them', async () => {
    const { produce } = aTopic();

    const sent = await produce({ count: 2, seed: 7 });

    expect(sent).toEqual({
      ok: true,
      value: [
        { orderId: 'test-seed-7-1', eventId: 'test-seed-7-1-placed', partition: 3, offset: 40 },
        { orderId: 'test-seed-7-2', eventId: 'test-seed-7-2-placed', partition: 3, offset: 41 },
      ],
    });
  });

  test.each([
    { story: 'a repeated invocation', payload: { count: 3 }, again: REQUEST, same: true },
    { story: 'another invocation', payload: { count: 3 }, again: 'another', same: false },
    { story: 'the same seed', payload: { count: 3, seed: 7 }, again: 'another', same: true },
  ])('of $story are the same: $same', async ({ payload, again, same }) => {
    const { appended, produce } = aTopic();

    await produce(payload);
    await produce(payload, again);

    const [first, second] = appended.map((records) => JSON.stringify(records));
    expect(first === second).toBe(same);
  });

  test('fit into one request, however many are allowed', async () => {
    const { appended, produce } = aTopic();

    const sent = await produce({ count: 500, seed: 4_294_967_295 });

    expect(sent.ok).toBe(true);
    expect(appended.map((records) => records.length)).toEqual([500]);
  });
});

describe('given events', () => {
  test('are sent as they are, CloudEvents and shortest orders, each under its order id', async () => {
    const events = [
      anOrderPlaced({}, { extra: 'kept' }),
      anOrderCancelled(),
      { order_id: 1000, amount: 19.99 },
    ];
    const { appended, produce } = aTopic();

    const sent = await produce({ events });

    expect(appended).toEqual([
      [
        { key: 'order-1', value: JSON.stringify(events[0]) },
        { key: 'order-1', value: JSON.stringify(events[1]) },
        { key: '1000', value: '{"order_id":1000,"amount":19.99}' },
      ],
    ]);
    expect(sent).toEqual({
      ok: true,
      value: [
        { orderId: 'order-1', eventId: 'evt-1', partition: 3, offset: 40 },
        { orderId: 'order-1', eventId: 'evt-2', partition: 3, offset: 41 },
        { orderId: '1000', eventId: 'order-placed:1000', partition: 3, offset: 42 },
      ],
    });
  });

  test.each([
    {
      story: 'an event that consumers would park',
      events: [anOrderPlaced(), anOrderPlaced({ total: 1 })],
      problem:
        'Event 2 of 2 could not be consumed: The event does not fit its schema: data.total is not the sum of the lines.',
    },
    {
      story: 'decimals that the currency does not have',
      events: [{ order_id: 'ada@example.com', amount: 0.001 }],
      problem:
        'Event 1 of 1 could not be consumed: amount is not a sum of money in EUR: send a JSON number with at most ' +
        '2 decimals and 15 digits.',
    },
    {
      story: 'what is no event',
      events: ['ada@example.com'],
      problem: 'Event 1 of 1 could not be consumed: The value is not a JSON object.',
    },
    {
      story: 'more bytes than a batch holds',
      events: [anOrderPlaced({}, { extra: 'é'.repeat(250_000) })],
      problem: expect.stringMatching(
        /^The events have 500\d\d\d bytes, and at most 500000 go at once\. Send them in parts\.$/,
      ),
    },
  ])('with $story are refused, and none of them is sent', async ({ events, problem }) => {
    const { appended, produce } = aTopic();

    const sent = await produce({ events });

    expect(sent).toEqual({ ok: false, error: problem });
    expect(appended).toEqual([]);
  });
});

test('a request that is not valid sends nothing', async () => {
  const { appended, produce } = aTopic();

  const sent = await produce({ count: 0 });

  expect(sent).toEqual({ ok: false, error: expect.stringContaining('count is less than the minimum of 1') });
  expect(appended).toEqual([]);
});

test('brokers that do not take the records are an error', async () => {
  const { produce } = aTopic({ append: () => Promise.reject(new Error('no broker')) });

  const sending = produce({ count: 1 });

  await expect(sending).rejects.toThrow('no broker');
});

function eventIn(value: string): unknown {
  const parsed = parseOrderEvent(JSON.parse(value), { currency: 'EUR', timestamp: 0 });
  return parsed.ok ? parsed.value.event : parsed.error;
}
