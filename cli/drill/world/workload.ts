import type { RecordToSend } from '@order-events/kafka-tools';
import type {
  OrderCancelledWire,
  OrderEventWire,
  OrderPlacedWire,
} from '../../../functions/kernel/order-event-schema.ts';
import { generateOrders, withCancellations, type Run } from '../../orders/order-generator.ts';
import { below, randomOf, type Random } from './random.ts';

export interface WorkloadSize {
  readonly seed: number;
  readonly orders: number;
}

/** Shares of the orders, or of their events, that are not as simple as the others. */
const SHARES = {
  /** Cancelled right after. */
  cancelled: 0.15,
  /** Cancelled before they are placed. */
  cancelledFirst: 0.01,
  /** Sent again as they are. */
  duplicate: 0.05,
  /** Sent again under another event id. */
  resent: 0.03,
  /** Sent again under another event id when all others are out, so that it meets what an earlier invocation stored. */
  late: 0.05,
  /** Another order under a used order id: it has to be parked. */
  conflict: 0.01,
  /** Without lines, contact and envelope. */
  shortest: 0.03,
  /** Can never succeed. */
  poison: 0.02,
  /** Sent again and again, so that one key and its partition have more to do than the others. */
  hot: 0.1,
};

/** Values that no consumer can do anything with. */
const POISON: readonly ((orderId: string) => string)[] = [
  () => '{"order_id":',
  (orderId) => JSON.stringify({ order_id: orderId, amount: 10.005 }),
  (orderId) => JSON.stringify({ specversion: '1.0', type: 'order.shipped', subject: orderId }),
  (orderId) => JSON.stringify({ order_id: `${orderId}#INVOICE`, amount: 1 }),
];

/** Events look as if they had been sent then: what a seed makes is the same to the byte. */
const SENT_AT = new Date('2026-01-01T12:00:00Z');
const now = (): Date => SENT_AT;

/**
 * The records of a run: orders, cancellations, duplicates, conflicts, poison and a hot key. The same for the same seed;
 * the run's id keeps them apart from those of other seeds.
 */
export function workload({ seed, orders }: WorkloadSize): readonly RecordToSend[] {
  const random = randomOf(seed);
  const run: Run = { id: `f${seed}x${orders}`, seed };
  const placed = [...generateOrders({ run, count: orders, now })];
  const events = [...withCancellations(placed, { run, share: SHARES.cancelled, now })];
  const records = events.flatMap((event) => recordsOf(event, random));
  const [hottest] = placed;
  if (hottest === undefined) return records;
  const heated = heat(records, hottest, random);
  const late = events.filter(() => random() < SHARES.late).map((event) => resent(event, 'late'));
  return [...heated, ...late];
}

function recordsOf(event: OrderEventWire, random: Random): readonly RecordToSend[] {
  const records = [recordOf(event)];
  const chance = (share: number): boolean => random() < share;
  if (event.type === 'order.placed') {
    if (chance(SHARES.cancelledFirst)) records.unshift(recordOf(cancellationOf(event)));
    if (chance(SHARES.conflict)) records.push(recordOf(conflictWith(event)));
    if (chance(SHARES.shortest)) records.push(shortestOrder(event.subject, random));
    if (chance(SHARES.poison)) records.push(poison(event.subject, random));
  }
  if (chance(SHARES.duplicate)) records.push(recordOf(event));
  if (chance(SHARES.resent)) records.push(resent(event, 'resent'));
  return records;
}

function resent(event: OrderEventWire, when: string): RecordToSend {
  return recordOf({ ...event, id: `${event.id}-${when}` });
}

function recordOf(event: OrderEventWire): RecordToSend {
  return { key: event.subject, value: JSON.stringify(event) };
}

function cancellationOf({ subject, source, time }: OrderPlacedWire): OrderCancelledWire {
  return {
    specversion: '1.0',
    id: `${subject}-cancelled-first`,
    source,
    type: 'order.cancelled',
    subject,
    time,
    datacontenttype: 'application/json',
    dataschema: 'urn:order-events:order.cancelled:1.0',
    data: { reason: 'changed my mind' },
  };
}

function conflictWith(event: OrderPlacedWire): OrderPlacedWire {
  const lines = event.data.lines.map((line) => ({ ...line, quantity: line.quantity + 1 }));
  const total = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  return { ...event, id: `${event.id}-other`, data: { ...event.data, lines, total } };
}

function shortestOrder(near: string, random: Random): RecordToSend {
  const orderId = `${near}-short`;
  return { key: orderId, value: JSON.stringify({ order_id: orderId, amount: below(random, 10_000) / 100 }) };
}

function poison(near: string, random: Random): RecordToSend {
  const orderId = `${near}-poison`;
  const make = POISON[below(random, POISON.length)];
  return { key: orderId, value: make?.(orderId) ?? '' };
}

/** Spreads repetitions of one event over the records. */
function heat(
  records: readonly RecordToSend[],
  event: OrderEventWire,
  random: Random,
): readonly RecordToSend[] {
  return records.flatMap((record, index) =>
    index > 0 && random() < SHARES.hot ? [record, recordOf(event)] : [record],
  );
}
