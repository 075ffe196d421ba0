import type { AuditSources, GroupName, Item, OutboxMessage, TopicRecord } from '../../audit/ports.ts';
import { payloadHash } from '../../functions/idempotency/payload-hash.ts';
import { parseOrderEvent } from '../../functions/kernel/parse-order-event.ts';
import type { OrderCancelled, OrderPlaced, ReceivedEvent } from '../../functions/kernel/order-event.ts';

const TOPIC = 'order-events';
const GROUP_IDS: Readonly<Record<GroupName, string>> = {
  billing: 'billing-group',
  inventory: 'inventory-group',
  notifications: 'notification-group',
};

interface GroupWorld {
  readonly items: Record<string, unknown>[];
  readonly letters: string[];
  committed: Map<number, number>;
}

/** A system as the auditor sees it. It does right what it is told; a test then spoils it. */
export class World {
  readonly records: TopicRecord[] = [];
  readonly groups: Readonly<Record<GroupName, GroupWorld>> = {
    billing: aGroup(),
    inventory: aGroup(),
    notifications: aGroup(),
  };
  readonly emails: OutboxMessage[] = [];
  readonly sms: OutboxMessage[] = [];
  logStart = 0;

  /** Puts a value on partition 0, and lets every group commit past it. */
  append(value: unknown, partition = 0): TopicRecord {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const offset = this.records.filter((record) => record.partition === partition).length;
    const record = {
      partition,
      offset,
      timestamp: 1_700_000_000_000,
      value: value === null ? null : Buffer.from(text),
    };
    this.records.push(record);
    for (const group of Object.values(this.groups)) group.committed.set(partition, offset + 1);
    return record;
  }

  /** Appends an event, and does in every group what it asks for. */
  handle(wire: object, partition = 0): TopicRecord {
    const record = this.append(wire, partition);
    const parsed = parseOrderEvent(wire, { currency: 'USD', timestamp: record.timestamp });
    if (!parsed.ok) throw new Error(parsed.error.message);
    const { event } = parsed.value;
    if (event.type === 'order.placed') this.#place(event, parsed.value);
    else this.#cancel(event, parsed.value);
    return record;
  }

  park(group: GroupName, record: TopicRecord, reason: string, overrides: object = {}): void {
    const { partition, offset, timestamp, value } = record;
    const letter = {
      kind: 'parked-record',
      version: 1,
      group: GROUP_IDS[group],
      topic: TOPIC,
      partition,
      offset,
      timestamp,
      reason,
      value: value?.toString('base64'),
      ...overrides,
    };
    this.groups[group].letters.push(JSON.stringify(letter));
  }

  parkEverywhere(record: TopicRecord, reason: string): void {
    for (const group of ['billing', 'inventory', 'notifications'] as const) this.park(group, record, reason);
  }

  giveUp(group: GroupName, first: TopicRecord, last: TopicRecord): void {
    const range = { firstRecordOffset: String(first.offset), lastRecordOffset: String(last.offset) };
    const recordsInfo = { [`${TOPIC}-${first.partition}`]: range };
    this.groups[group].letters.push(JSON.stringify({ KafkaBatchInfo: { recordsInfo } }));
  }

  item(group: GroupName, pk: string, sk?: string): Record<string, unknown> {
    const found = this.groups[group].items.find(
      (item) => item['pk'] === pk && (sk === undefined || item['sk'] === sk),
    );
    if (found === undefined) throw new Error(`No item ${pk}.`);
    return found;
  }

  remove(group: GroupName, pk: string, sk?: string): void {
    const { items } = this.groups[group];
    items.splice(items.indexOf(this.item(group, pk, sk)), 1);
  }

  stock(sku: string): { available: number; reserved: number } {
    const { items } = this.groups.inventory;
    const pk = `SKU#${sku}`;
    const found = items.find((item) => item['pk'] === pk) ?? { pk, sk: 'STOCK', available: 100, reserved: 0 };
    if (!items.includes(found)) items.push(found);
    return found as unknown as { available: number; reserved: number };
  }

  sources(): AuditSources {
    const ends = new Map<number, number>();
    for (const { partition, offset } of this.records) ends.set(partition, offset + 1);
    return {
      topicName: TOPIC,
      topic: {
        bounds: () =>
          Promise.resolve(
            new Map([...ends].map(([partition, end]) => [partition, { start: this.logStart, end }])),
          ),
        read: (bounds) =>
          each(
            this.records.filter(({ partition, offset }) => {
              const { start = 0, end = 0 } = bounds.get(partition) ?? {};
              return offset >= start && offset < end;
            }),
          ),
        committed: (groupId) =>
          Promise.resolve(
            Object.entries(this.groups).find(([name]) => GROUP_IDS[name as GroupName] === groupId)?.[1]
              .committed ?? new Map<number, number>(),
          ),
      },
      groups: {
        billing: this.#source('billing'),
        inventory: this.#source('inventory'),
        notifications: this.#source('notifications'),
      },
      outbox: { emails: () => each(this.emails), sms: () => each(this.sms) },
      ledger: undefined,
    };
  }

  #source(name: GroupName) {
    const { items, letters } = this.groups[name];
    return { groupId: GROUP_IDS[name], table: () => each<Item>(items), letters: () => each(letters) };
  }

  #place(order: OrderPlaced, received: ReceivedEvent): void {
    const { orderId, eventId, totalMinor, currency, time, lines, customer = {} } = order;
    const pk = `ORDER#${orderId}`;
    const placed = { placedEventId: eventId, placedHash: payloadHash(received) };
    const invoiceId = `INV-${orderId}`;
    this.groups.billing.items.push({
      pk,
      sk: 'INVOICE',
      invoiceId,
      totalMinor,
      currency,
      createdAt: time,
      ...placed,
    });
    const reserved = lines.map(({ sku, quantity }) => ({ sku, quantity }));
    for (const { sku, quantity } of reserved) {
      const level = this.stock(sku);
      level.available -= quantity;
      level.reserved += quantity;
    }
    if (lines.length > 0) {
      this.groups.inventory.items.push({
        pk,
        sk: 'RESERVATION',
        status: 'RESERVED',
        lines: reserved,
        ...placed,
      });
    }
    const claim = { status: 'SENT', eventId, payloadHash: payloadHash(received) };
    const text = `Order ${orderId} received\nTotal: ${(totalMinor / 100).toFixed(2)} ${currency}`;
    if (customer.email !== undefined) {
      this.groups.notifications.items.push({ pk, sk: 'order.placed#email', ...claim });
      this.emails.push({ recipient: customer.email, text });
    }
    if (customer.phone !== undefined) {
      this.groups.notifications.items.push({ pk, sk: 'order.placed#sms', ...claim });
      this.sms.push({ recipient: customer.phone, text });
    }
  }

  #cancel({ orderId, eventId }: OrderCancelled, received: ReceivedEvent): void {
    const pk = `ORDER#${orderId}`;
    const cancelled = { cancelEventId: eventId, cancelHash: payloadHash(received) };
    Object.assign(this.item('billing', pk), cancelled, { creditNoteId: `CN-${orderId}` });
    const reservation = this.item('inventory', pk);
    for (const { sku, quantity } of reservation['lines'] as { sku: string; quantity: number }[]) {
      const level = this.stock(sku);
      level.available += quantity;
      level.reserved -= quantity;
    }
    Object.assign(reservation, cancelled, { status: 'CANCELLED' });
  }
}

function aGroup(): GroupWorld {
  return { items: [], letters: [], committed: new Map() };
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
