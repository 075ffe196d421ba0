import { describe, expect, test } from '@jest/globals';
import { demoReport, type DemoEffects, type Expectation } from '../../../cli/demo/demo-report.ts';
import { generateOrders, runOfSeed } from '../../../cli/orders/order-generator.ts';
import { byConsumer } from '../../../lib/topology/by-consumer.ts';
import { topology } from '../../../lib/topology/topology.ts';
import type { OrderPlacedWire } from '../../../functions/kernel/order-event-schema.ts';
import type { GroupReport, PartitionReport } from '@order-events/kafka-tools';

const SKU = 'TEA-SENCHA';
const [first, second] = twoOrders();

/** Two orders for the same product: 2 and 3 pieces. */
function twoOrders(): readonly [OrderPlacedWire, OrderPlacedWire] {
  const run = runOfSeed(1);
  const generated = [...generateOrders({ run, count: 2, now: () => new Date(0) })];
  return [withPieces(generated[0], 2), withPieces(generated[1], 3)];
}

function withPieces(order: OrderPlacedWire | undefined, quantity: number): OrderPlacedWire {
  if (order === undefined) throw new Error('The generator made too few orders.');
  const lines = [{ sku: SKU, quantity, unitPrice: 100 }];
  return { ...order, data: { ...order.data, lines, total: quantity * 100 } };
}

function anExpectation(): Expectation {
  return {
    orders: [first, second],
    stockBefore: [{ sku: SKU, available: 100, reserved: 7 }],
    deadLettersBefore: byConsumer(() => 0),
  };
}

function aGroup(groupId: string, overrides: Partial<GroupReport> = {}): GroupReport {
  const partitions: PartitionReport[] = [0, 1, 2, 3, 4, 5].map((partition) => ({
    topic: 'order-events',
    partition,
    memberId: 'm',
    lag: { kind: 'known', lag: 0, expired: 0, committed: 1, start: 0, end: 1 },
  }));
  return {
    groupId,
    state: 'Stable',
    lag: { kind: 'known', lag: 0 },
    members: [{ memberId: 'm', clientId: 'c', host: 'h', partitions: [] }],
    partitions,
    ...overrides,
  };
}

const groups = topology.consumers.map(({ consumerGroupId }) => aGroup(consumerGroupId));

/** What the services do when all goes well. */
function effectsOf(overrides: Partial<DemoEffects> = {}): DemoEffects {
  return {
    invoices: [
      { orderId: first.subject, totalMinor: 200, currency: 'USD' },
      { orderId: second.subject, totalMinor: 300, currency: 'USD' },
    ],
    reservations: [
      { orderId: first.subject, status: 'RESERVED', lines: [{ sku: SKU, quantity: 2 }] },
      { orderId: second.subject, status: 'RESERVED', lines: [{ sku: SKU, quantity: 3 }] },
    ],
    stock: [{ sku: SKU, available: 95, reserved: 12 }],
    handled: byConsumer(() => [first.subject, second.subject]),
    emails: [emailFor(first), emailFor(second)],
    sms: [smsFor(first), smsFor(second)],
    status: {
      topic: 'order-events',
      groups,
      deadLetterQueues: byConsumer(() => 0),
    },
    ...overrides,
  };
}

function emailFor({ subject, data }: OrderPlacedWire) {
  return {
    recipient: data.customer?.email ?? '',
    text: `Order ${subject} received\nThank you for your order ${subject}.`,
  };
}

function smsFor({ subject, data }: OrderPlacedWire) {
  return { recipient: data.customer?.phone ?? '', text: `Order ${subject} received. Total: 1.00 USD.` };
}

function withStatus(status: Partial<DemoEffects['status']>): Partial<DemoEffects> {
  return { status: { ...effectsOf().status, ...status } };
}

describe('the report of the demo', () => {
  test('counts the effects, and has no finding when all exist', () => {
    const report = demoReport(anExpectation(), effectsOf());

    const group = { lag: 0, members: 1, partitions: 6 };
    expect(report).toEqual({
      ok: true,
      problems: [],
      summary: {
        produced: 2,
        groups: Object.fromEntries(topology.consumers.map((consumer) => [consumer.consumerGroupId, group])),
        invoices: 2,
        reservations: 2,
        emails: 2,
        sms: 2,
        dlq: byConsumer(() => 0),
      },
    });
  });

  test.each<{ story: string; effects: Partial<DemoEffects>; problems: readonly string[] }>([
    {
      story: 'an invoice is missing',
      effects: { invoices: effectsOf().invoices.slice(1) },
      problems: [`${first.subject} has no invoice.`],
    },
    {
      story: 'an invoice is over another amount',
      effects: {
        invoices: [
          { orderId: first.subject, totalMinor: 201, currency: 'USD' },
          ...effectsOf().invoices.slice(1),
        ],
      },
      problems: [`${first.subject} has an invoice for 201 USD in minor units, not for 200 USD.`],
    },
    {
      story: 'an invoice is in another currency',
      effects: {
        invoices: [
          { orderId: first.subject, totalMinor: 200, currency: 'EUR' },
          ...effectsOf().invoices.slice(1),
        ],
      },
      problems: [`${first.subject} has an invoice for 200 EUR in minor units, not for 200 USD.`],
    },
    {
      story: 'a reservation is missing',
      effects: { reservations: effectsOf().reservations.slice(1) },
      problems: [`${first.subject} has no reservation.`],
    },
    {
      story: 'an order is back-ordered',
      effects: {
        reservations: [
          { orderId: first.subject, status: 'BACKORDERED', lines: [{ sku: SKU, quantity: 2 }] },
          ...effectsOf().reservations.slice(1),
        ],
      },
      problems: [`${first.subject} has a reservation that is BACKORDERED, not RESERVED.`],
    },
    {
      story: 'a reservation is for other goods',
      effects: {
        reservations: [
          { orderId: first.subject, status: 'RESERVED', lines: [{ sku: SKU, quantity: 1 }] },
          ...effectsOf().reservations.slice(1),
        ],
      },
      problems: [`${first.subject} has a reservation of goods that differ from the order.`],
    },
    {
      story: 'stock was taken twice',
      effects: { stock: [{ sku: SKU, available: 93, reserved: 14 }] },
      problems: [`Of ${SKU}, 95 should be available and 12 reserved, but it is 93 and 14.`],
    },
    {
      story: 'stock is no longer available and not reserved either',
      effects: { stock: [{ sku: SKU, available: 95, reserved: 7 }] },
      problems: [`Of ${SKU}, 95 should be available and 12 reserved, but it is 95 and 7.`],
    },
    {
      story: 'a product has vanished',
      effects: { stock: [] },
      problems: [`Of ${SKU}, 95 should be available and 12 reserved, but it is 0 and 0.`],
    },
    {
      story: 'an e-mail is missing',
      effects: { emails: [emailFor(second)] },
      problems: [`${first.subject} has no e-mail.`],
    },
    {
      story: 'an e-mail was sent twice',
      effects: { emails: [emailFor(first), emailFor(first), emailFor(second)] },
      problems: [`${first.subject} got its e-mail 2 times.`],
    },
    {
      story: 'an e-mail went to another customer',
      effects: { emails: [{ ...emailFor(first), recipient: 'grace@example.com' }, emailFor(second)] },
      problems: [`${first.subject} has its e-mail sent to another recipient.`],
    },
    {
      story: 'an SMS is missing',
      effects: { sms: [smsFor(first)] },
      problems: [`${second.subject} has no SMS.`],
    },
    {
      story: 'a consumer has not handled an order',
      effects: {
        handled: byConsumer(({ name }) =>
          name === 'inventory' ? [second.subject] : [first.subject, second.subject],
        ),
      },
      problems: [`${first.subject} was not handled by inventory.`],
    },
    {
      story: 'a group has not read everything',
      effects: withStatus({
        groups: [aGroup('billing-group', { lag: { kind: 'known', lag: 4 } }), ...groups.slice(1)],
      }),
      problems: ['billing-group has a lag of 4, not 0.'],
    },
    {
      story: 'the lag of a group is not known',
      effects: withStatus({
        groups: [
          aGroup('billing-group', { lag: { kind: 'unknown', atLeast: 0, reasons: ['commits-unavailable'] } }),
          ...groups.slice(1),
        ],
      }),
      problems: ['billing-group has a lag of unknown size, not 0.'],
    },
    {
      story: 'a group is not on the broker',
      effects: withStatus({ groups: groups.slice(1) }),
      problems: ['billing-group has no member.', 'billing-group has a lag of unknown size, not 0.'],
    },
    {
      story: 'partitions of a group have no member',
      effects: withStatus({
        groups: [
          aGroup('billing-group', { partitions: aGroup('g').partitions.slice(2) }),
          ...groups.slice(1),
        ],
      }),
      problems: ['billing-group reads 4 of 6 partitions.'],
    },
    {
      story: 'a dead-letter queue holds something',
      effects: withStatus({ deadLetterQueues: { ...byConsumer(() => 0), inventory: 3 } }),
      problems: ['The dead-letter queue of inventory holds 3, not 0.'],
    },
  ])('tells that $story', ({ effects, problems }) => {
    const report = demoReport(anExpectation(), effectsOf(effects));

    expect({ ok: report.ok, problems: report.problems }).toEqual({ ok: false, problems });
  });

  test('leaves other orders out of the counts', () => {
    const effects = effectsOf();
    const another = { ...emailFor(first), text: 'Order order-s1-11 received' };

    const report = demoReport(anExpectation(), {
      ...effects,
      invoices: [...effects.invoices, { orderId: 'order-s1-11', totalMinor: 1, currency: 'USD' }],
      reservations: [...effects.reservations, { orderId: 'order-s1-11', status: 'RESERVED', lines: [] }],
      emails: [...effects.emails, another],
      sms: [...effects.sms, { ...smsFor(first), text: another.text }],
    });

    expect(report.ok).toBe(true);
    expect(report.summary).toMatchObject({ invoices: 2, reservations: 2, emails: 2, sms: 2 });
  });

  test('expects messages by those channels alone that an order names', () => {
    const { customer, ...data } = first.data;
    const withoutContact: OrderPlacedWire = { ...first, data };
    const orders = [withoutContact, second];

    const quiet = demoReport(
      { ...anExpectation(), orders },
      effectsOf({ emails: [emailFor(second)], sms: [smsFor(second)] }),
    );
    const chatty = demoReport({ ...anExpectation(), orders }, effectsOf({ sms: [smsFor(second)] }));

    expect(customer).toBeDefined();
    expect(quiet.problems).toEqual([]);
    expect(chatty.problems).toEqual([
      `${first.subject} names no recipient for e-mail, but a message was sent.`,
    ]);
  });

  test('ignores messages that dead-letter queues contained before the orders', () => {
    const deadLettersBefore = { ...byConsumer(() => 0), inventory: 3 };

    const report = demoReport(
      { ...anExpectation(), deadLettersBefore },
      effectsOf(withStatus({ deadLetterQueues: deadLettersBefore })),
    );

    expect(report.problems).toEqual([]);
  });

  test('counts as reservations those that hold stock', () => {
    const [reserved] = effectsOf().reservations;
    const backOrdered = { orderId: second.subject, status: 'BACKORDERED', lines: [] };

    const report = demoReport(
      anExpectation(),
      effectsOf({ reservations: [...(reserved === undefined ? [] : [reserved]), backOrdered] }),
    );

    expect(report.summary.reservations).toBe(1);
  });
});
