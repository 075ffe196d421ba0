import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { audit, type AuditOptions } from '../../audit/audit.ts';
import type { LedgerLine } from '../../audit/ports.ts';
import type { AuditReport } from '../../audit/report/audit-report.ts';
import { anOrderCancelled, anOrderPlaced } from '../functions/kernel/wire-events.ts';
import { each, World } from './world.ts';

const placed = (overrides: object = {}) =>
  anOrderPlaced({}, { id: 'evt-placed', subject: 'order-1', ...overrides });
const cancelled = (overrides: object = {}) =>
  anOrderCancelled({}, { id: 'evt-cancelled', subject: 'order-1', ...overrides });

const PK = 'ORDER#order-1';

/** Two good orders, one of them cancelled, and one record of poison. */
function aWorldAtRest(): World {
  const world = new World();
  world.handle(placed());
  world.handle(cancelled());
  world.handle(placed({ id: 'evt-other', subject: 'order-2' }));
  world.parkEverywhere(world.append('{'), 'value-not-json');
  return world;
}

function auditWorld(world: World, options: Partial<AuditOptions> = {}): Promise<AuditReport> {
  return audit(world.sources(), { currency: 'USD', ...options });
}

function linesOf({ findings }: AuditReport): readonly string[] {
  return findings.list.map(
    ({ kind, group = '', orderId = '', partition = '', offset = '', what }) =>
      `${kind} ${group} ${orderId} ${partition}:${offset} ${what}`,
  );
}

describe('an audit', () => {
  test('finds nothing where every record is applied, parked or nothing to do', async () => {
    const report = await auditWorld(aWorldAtRest(), {
      initialStock: new Map([
        ['mug', 100],
        ['tea', 100],
      ]),
    });

    const nothing = {
      failed: 0,
      waiting: 0,
      broken: 0,
      givenUpBatches: 0,
      parkedGood: [],
      neverHandled: { records: 0, ranges: [] },
    };
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      ok: true,
      records: 4,
      orders: 2,
      groups: {
        'billing-group': { ...nothing, noop: 0, applied: 3, parked: 1, deadLetters: 1 },
        'inventory-group': { ...nothing, noop: 0, applied: 3, parked: 1, deadLetters: 1 },
        'notification-group': { ...nothing, noop: 1, applied: 2, parked: 1, deadLetters: 1 },
      },
      billing: { invoices: 2, creditNotes: 1, invoiced: { EUR: '3998' }, credited: { EUR: '1999' } },
      inventory: { reserved: 1, backordered: 0, cancelled: 1, piecesReserved: 3 },
      notifications: { emails: 2, sms: 2, repeatedEmails: 0 },
      findings: { total: 0, byKind: {}, list: [] },
    });
  });

  test.each<[story: string, change: (world: World) => void]>([
    ['a duplicate under the same id', (world) => world.append(placed())],
    ['the same order again under another id', (world) => world.append(placed({ id: 'evt-again' }))],
    ['a tombstone', (world) => world.append(null)],
    ['the shortest order', (world) => world.handle({ order_id: 'short', amount: 10.5 })],
    [
      'another order under a used id that is parked',
      (world) =>
        world.parkEverywhere(
          world.append(placed({ id: 'evt-x', data: { ...placed(), lines: [] } })),
          'event-invalid',
        ),
    ],
    [
      'a second cancellation with another reason that is parked where it matters',
      (world) => {
        const record = world.append(
          anOrderCancelled({ reason: 'other' }, { id: 'evt-c2', subject: 'order-1' }),
        );
        world.park('billing', record, 'order-id-reused');
        world.park('inventory', record, 'order-id-reused');
      },
    ],
    [
      'an order that was cancelled before it was placed',
      (world) => {
        world.append(cancelled({ id: 'evt-c', subject: 'order-3' }));
        world.append(placed({ id: 'evt-p', subject: 'order-3' }));
        const pk = 'ORDER#order-3';
        const mark = { cancelEventId: 'evt-c', cancelHash: hashOfCancellation('order-3') };
        world.groups.billing.items.push({ pk, sk: 'INVOICE', ...mark });
        world.groups.inventory.items.push({ pk, sk: 'RESERVATION', status: 'CANCELLED', lines: [], ...mark });
        notify(world, 'order-3');
      },
    ],
    [
      'an order that waits for goods',
      (world) => {
        const reservation = world.item('inventory', 'ORDER#order-2');
        reservation['status'] = 'BACKORDERED';
        for (const sku of ['mug', 'tea']) Object.assign(world.stock(sku), { reserved: 0 });
      },
    ],
    [
      'a record that no group has committed yet',
      (world) => {
        world.append(placed({ id: 'evt-9', subject: 'order-9' }));
        for (const group of Object.values(world.groups)) group.committed.set(0, 4);
      },
    ],
    [
      "a consumer's memory of its attempts with a record",
      (world) => world.groups.billing.items.push({ pk: 'RECORD#order-events#0#3', sk: 'ATTEMPTS' }),
    ],
    [
      'a good event that was parked when the attempts with it were used up',
      (world) => {
        world.remove('billing', 'ORDER#order-2');
        world.park('billing', world.records[2] ?? world.append(null), 'ends-invocations');
      },
    ],
    [
      'an SMS that may be out and is parked for a person',
      (world) => {
        world.item('notifications', PK, 'order.placed#sms')['status'] = 'AMBIGUOUS';
        world.park('notifications', world.records[0] ?? world.append(null), 'send-ambiguous');
      },
    ],
  ])('finds nothing in %s', async (_story, change) => {
    const world = aWorldAtRest();
    change(world);

    const report = await auditWorld(world);

    expect(linesOf(report)).toEqual([]);
  });

  test('counts a discarded batch as failed, except its records that took effect', async () => {
    const world = aWorldAtRest();
    const first = world.handle(placed({ id: 'evt-7', subject: 'order-7' }));
    const last = world.append(placed({ id: 'evt-8', subject: 'order-8' }));
    for (const group of ['billing', 'inventory', 'notifications'] as const) world.giveUp(group, first, last);

    const report = await auditWorld(world);

    expect(linesOf(report)).toEqual([]);
    expect(report.groups['billing-group']).toMatchObject({ applied: 4, failed: 1, givenUpBatches: 1 });
  });

  test('counts a second e-mail whose first send had no answer, and no third', async () => {
    const world = aWorldAtRest();
    const [email] = world.emails;
    if (email !== undefined) world.emails.push(email);

    const excused = await auditWorld(world, { unansweredEmails: new Map([['order-1', 1]]) });
    const found = await auditWorld(world);

    expect([excused.notifications.repeatedEmails, linesOf(excused)]).toEqual([1, []]);
    expect(linesOf(found)).toEqual([
      'double notification-group order-1 0:0 The customer got the e-mail 2 times.',
    ]);
  });

  test('ignores effects of orders that came in while it was reading', async () => {
    const world = aWorldAtRest();
    const sources = world.sources();
    let asked = 0;
    const late = placed({ id: 'evt-late', subject: 'late' });
    const before = await sources.topic.bounds();
    world.handle(late);

    const report = await audit(
      {
        ...world.sources(),
        topic: {
          ...world.sources().topic,
          bounds: () => {
            asked += 1;
            return asked === 1 ? Promise.resolve(before) : world.sources().topic.bounds();
          },
        },
      },
      { currency: 'USD' },
    );

    expect(linesOf(report).filter((line) => line.includes('late'))).toEqual([]);
  });
});

describe('an audit finds', () => {
  test.each<[story: string, spoil: (world: World) => void, findings: readonly string[]]>([
    [
      'an invoice that is missing',
      (world) => world.remove('billing', 'ORDER#order-2'),
      ['missing billing-group order-2 0:2 The event is committed and has no invoice.'],
    ],
    [
      'an invoice over another amount',
      (world) => Object.assign(world.item('billing', 'ORDER#order-2'), { totalMinor: 1 }),
      [
        'wrong billing-group order-2 0:2 The invoice is for 1 EUR in minor units, but the event says 1999 EUR.',
        'sum billing-group  : 2000 EUR in minor units are invoiced, but the applied events add up to 3998.',
      ],
    ],
    [
      'an invoice that was made of another content',
      (world) => Object.assign(world.item('billing', 'ORDER#order-2'), { placedHash: 'other' }),
      [
        'wrong billing-group order-2 0:2 The invoice was made from different content of this event.',
        'unexpected billing-group order-2 0:2 The order has an invoice that none of its events can have caused.',
        'sum billing-group  : 3998 EUR in minor units are invoiced, but the applied events add up to 1999.',
      ],
    ],
    [
      'a credit note that is missing',
      (world) => {
        const item = world.item('billing', PK);
        delete item['creditNoteId'];
        delete item['cancelEventId'];
        delete item['cancelHash'];
      },
      ['missing billing-group order-1 0:1 The event is committed and has no cancellation.'],
    ],
    [
      'a credit note of an order that nobody cancelled',
      (world) => Object.assign(world.item('billing', 'ORDER#order-2'), { creditNoteId: 'CN-2' }),
      [
        'unexpected billing-group order-2 0:2 The order has a credit note although it was not both invoiced and cancelled.',
        'sum billing-group  : 3998 EUR in minor units are credited, but the applied events add up to 1999.',
      ],
    ],
    [
      'a second credit note beside the first',
      (world) => world.groups.billing.items.push({ pk: PK, sk: 'CREDIT#2', creditNoteId: 'CN-2' }),
      ['unexpected billing-group  : The table has an item of an unknown kind: ORDER#order-1 / CREDIT#2.'],
    ],
    [
      'a cancellation that left the stock as it was',
      (world) => Object.assign(world.stock('mug'), { available: 96, reserved: 4 }),
      [
        'sum inventory-group  : Of mug, 4 are reserved, and the open reservations hold 2.',
        'sum inventory-group  : Of mug, 96 are available and 2 held, which makes 98 of 100.',
      ],
    ],
    [
      'stock below zero',
      (world) => Object.assign(world.stock('tea'), { available: -1 }),
      [
        'wrong inventory-group  : Of tea, -1 are available.',
        'sum inventory-group  : Of tea, -1 are available and 1 held, which makes 0 of 100.',
      ],
    ],
    [
      'a reservation of other pieces',
      (world) =>
        Object.assign(world.item('inventory', 'ORDER#order-2'), { lines: [{ sku: 'mug', quantity: 2 }] }),
      [
        'wrong inventory-group order-2 0:2 The reservation contains other goods than the order.',
        'sum inventory-group  : Of tea, 1 are reserved, and the open reservations hold 0.',
        'sum inventory-group  : Of tea, 99 are available and 0 held, which makes 99 of 100.',
      ],
    ],
    [
      'an e-mail that is confirmed and that nobody got',
      (world) => world.emails.pop(),
      ['missing notification-group order-2 0:2 The e-mail is confirmed, but nobody got it.'],
    ],
    [
      'an SMS that was sent twice',
      (world) => world.sms.push(...world.sms.slice(0, 1)),
      ['double notification-group order-1 0:0 The customer got the SMS 2 times.'],
    ],
    [
      'an SMS that says another amount',
      (world) => {
        world.sms[0] = { recipient: '+4915112345678', text: 'Order order-1 received. Total: 1.00 EUR.' };
      },
      [
        "wrong notification-group order-1 0:0 The SMS went to an address that differs from the event's, or has another amount.",
      ],
    ],
    [
      'a claim that was never confirmed',
      (world) => Object.assign(world.item('notifications', PK, 'order.placed#email'), { status: 'SENDING' }),
      [
        'unconfirmed notification-group order-1 0:0 The claim of the e-mail is SENDING although its event is committed.',
      ],
    ],
    [
      'poison that is in no dead-letter queue',
      (world) => world.groups.inventory.letters.pop(),
      ['missing inventory-group  0:3 The record can never succeed, and is in no dead-letter queue.'],
    ],
    [
      'a parked record with another content',
      (world) => {
        world.groups.billing.letters.pop();
        world.park('billing', world.records[3] ?? world.append(null), 'value-not-json', { value: 'AAAA' });
      },
      ['wrong billing-group  0:3 The parked record has another value than the record on the topic.'],
    ],
    [
      'a good event that was parked as invalid',
      (world) => {
        world.remove('billing', 'ORDER#order-2');
        world.park('billing', world.records[2] ?? world.append(null), 'event-invalid');
      },
      ['wrong billing-group order-2 0:2 The event is good and was parked as event-invalid.'],
    ],
    [
      'another order under a used id that is not parked',
      (world) => world.append(anOrderCancelled({ reason: 'other' }, { id: 'evt-c2', subject: 'order-1' })),
      [
        'missing billing-group order-1 0:4 Another event has the cancellation of this order, so this one must be parked, but is not.',
        'missing inventory-group order-1 0:4 Another event has the cancellation of this order, so this one must be parked, but is not.',
      ],
    ],
    [
      'an effect that a duplicate wrote over',
      (world) => {
        world.append(placed({ id: 'evt-again' }));
        Object.assign(world.item('billing', PK), { placedEventId: 'evt-again' });
      },
      [
        'wrong billing-group order-1 0:0 The invoice was made from a duplicate, but this event came first.',
        'wrong billing-group order-1 0:4 The order was cancelled before, and took effect.',
      ],
    ],
    [
      'an effect without an event',
      (world) => world.groups.billing.items.push({ pk: 'ORDER#ghost', sk: 'INVOICE', invoiceId: 'INV-9' }),
      ['unexpected billing-group ghost : The table has an item for an order that is not on the topic.'],
    ],
    [
      'an offset beyond the end of its partition',
      (world) => world.groups.billing.committed.set(0, 9),
      ['unexpected billing-group  0:9 The group has committed 9, and the partition ends at 4.'],
    ],
    [
      'an order whose events are on two partitions',
      (world) => world.append(placed(), 1),
      ['split  order-1 1:0 The events of this order are on partitions 0 and 1: was another key used?'],
    ],
    [
      'a message that nobody can read',
      (world) => world.groups.billing.letters.push('?'),
      [
        'unexpected billing-group  : The dead-letter queue has a message that is neither a parked record nor a failed batch.',
      ],
    ],
  ])('%s', async (_story, spoil, findings) => {
    const world = aWorldAtRest();
    spoil(world);

    const report = await auditWorld(world, {
      initialStock: new Map([
        ['mug', 100],
        ['tea', 100],
      ]),
    });

    expect(linesOf(report)).toEqual(findings);
  });
});

describe('an order on both sides of a growth of the topic', () => {
  const growth = { drainedAtMs: 1_700_000_000_000, ends: new Map([[1, 1]]) };

  test('is followed across it and is not split', async () => {
    const world = grownWorld();

    const report = await auditWorld(world, { growth });

    expect(linesOf(report)).toEqual([]);
  });

  test('is split when one of its events came to its old partition behind the growth', async () => {
    const world = grownWorld();
    world.append(placed(), 1);

    const report = await auditWorld(world, { growth });

    expect(linesOf(report)).toEqual([
      'split  order-1 1:1 The events of this order are on partitions 0 and 1: was another key used?',
    ]);
  });

  test('is split when the growth was noted for a topic that was deleted', async () => {
    const world = new World();
    world.handle(placed());
    world.append(placed(), 1);

    const report = await auditWorld(world, { growth: { ...growth, drainedAtMs: 1 } });

    expect(linesOf(report)).toEqual([
      'split  order-1 1:0 The events of this order are on partitions 0 and 1: was another key used?',
    ]);
  });
});

describe('records that a group has committed and never handled', () => {
  test('is named by partition and offset, with records in a row as one range', async () => {
    const world = new World();
    for (const [index, partition] of [0, 0, 0, 1, 1].entries()) {
      world.handle(placed({ id: `evt-${index}`, subject: `order-${index}` }), partition);
    }
    world.append('{', 1);
    for (const order of [0, 1, 3]) world.remove('billing', `ORDER#order-${order}`);

    const { groups } = await auditWorld(world);

    expect(Object.entries(groups).map(([group, { neverHandled }]) => [group, neverHandled])).toEqual([
      [
        'billing-group',
        {
          records: 4,
          ranges: [
            { partition: 0, first: 0, last: 1 },
            { partition: 1, first: 0, last: 0 },
            { partition: 1, first: 2, last: 2 },
          ],
        },
      ],
      ['inventory-group', { records: 1, ranges: [{ partition: 1, first: 2, last: 2 }] }],
      ['notification-group', { records: 1, ranges: [{ partition: 1, first: 2, last: 2 }] }],
    ]);
  });
});

describe("the producer's ledger", () => {
  test('names acknowledged events that the topic does not have, or has another one in place of', async () => {
    const world = aWorldAtRest();
    const ledger = each([entry(0, JSON.stringify(placed())), entry(1, 'another value'), entry(77, 'lost')]);

    const report = await audit({ ...world.sources(), ledger }, { currency: 'USD' });

    expect([report.ledger, linesOf(report)]).toEqual([
      { acknowledged: 3, expired: 0 },
      [
        'lost   0:1 The topic has another event at the position of the acknowledged one.',
        'lost   0:77 An acknowledged event is not on the topic.',
      ],
    ]);
  });

  test('says how many acknowledged events retention has deleted', async () => {
    const world = aWorldAtRest();
    world.logStart = 1;

    const report = await audit(
      { ...world.sources(), ledger: each([entry(0, 'deleted')]) },
      { currency: 'USD' },
    );

    expect(report.ledger).toEqual({ acknowledged: 1, expired: 1 });
  });
});

/** Placed before the growth, and cancelled after it on a partition that is read first. */
function grownWorld(): World {
  const world = new World();
  world.handle(placed(), 1);
  world.handle(cancelled());
  return world;
}

function entry(offset: number, value: string, partition = 0): LedgerLine {
  return { partition, offset, sha256: createHash('sha256').update(value).digest('hex') };
}

function hashOfCancellation(subject: string): string {
  const text = `{"data":{},"subject":"${subject}","type":"order.cancelled"}`;
  return createHash('sha256').update(text).digest('hex');
}

/** Sends what an order.placed of the default data asks for. */
function notify(world: World, orderId: string): void {
  const other = new World();
  other.handle(placed({ id: 'evt-p', subject: orderId }));
  world.groups.notifications.items.push(...other.groups.notifications.items);
  world.emails.push(...other.emails);
  world.sms.push(...other.sms);
}
