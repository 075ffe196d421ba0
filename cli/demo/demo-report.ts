import type { ConsumerSpec } from '../../lib/topology/topology-types.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { OrderPlacedWire } from '../../functions/kernel/order-event-schema.ts';
import type { SentMessage } from './outbox.ts';
import type { HandledOrders } from '../consumers/handled-orders.ts';
import type { Effects, Reservation } from './read-effects.ts';
import type { DeadLetterDepths } from '../status/dead-letter-depths.ts';
import type { GroupReport } from '@order-events/kafka-tools';
import type { StockLevel } from '../commands/stock-table.ts';

/** The comparison of the services' effects with the produced orders. */
export interface DemoReport {
  readonly ok: boolean;
  /** The missing or different effects, a sentence each; empty exactly when there are none. */
  readonly problems: readonly string[];
  readonly summary: DemoSummary;
}

/** The counts, as `orders demo --json` prints them. They count what belongs to the produced orders. */
export interface DemoSummary {
  readonly produced: number;
  readonly groups: Readonly<Record<string, GroupSummary>>;
  readonly invoices: number;
  /** Those that hold stock. */
  readonly reservations: number;
  readonly emails: number;
  readonly sms: number;
  readonly dlq: DeadLetterDepths;
}

interface GroupSummary {
  /** `null` when it is not known. */
  readonly lag: number | null;
  readonly members: number;
  /** Partitions of the topic that have a member. */
  readonly partitions: number;
}

/** The expected effects. */
export interface Expectation {
  readonly orders: readonly OrderPlacedWire[];
  /** The stock of the inventory before the orders were produced. */
  readonly stockBefore: readonly StockLevel[];
  /** The earlier content of the dead-letter queues. */
  readonly deadLettersBefore: DeadLetterDepths;
}

/** What was done, for the produced orders and for earlier ones. */
export interface DemoEffects extends Effects {
  readonly handled: HandledOrders;
}

/** Compares each order with what was done for it, and the stock and the groups as a whole. */
export function demoReport(expectation: Expectation, effects: DemoEffects): DemoReport {
  const { orders, stockBefore, deadLettersBefore } = expectation;
  const messages = { emails: messagesOf(orders, effects.emails), sms: messagesOf(orders, effects.sms) };
  const problems = [
    ...orders.flatMap((order) => [
      ...invoiceProblems(order, effects),
      ...reservationProblems(order, effects),
      ...messageProblems(order, 'e-mail', order.data.customer?.email, messages.emails),
      ...messageProblems(order, 'SMS', order.data.customer?.phone, messages.sms),
      ...handlingProblems(order, effects),
    ]),
    ...stockProblems(orders, stockBefore, effects.stock),
    ...topology.consumers.flatMap((consumer) => groupProblems(consumer, effects)),
    ...deadLetterProblems(deadLettersBefore, effects.status.deadLetterQueues),
  ];
  return { ok: problems.length === 0, problems, summary: summarize(orders, effects, messages) };
}

interface MessagesByOrder {
  readonly emails: ReadonlyMap<string, readonly SentMessage[]>;
  readonly sms: ReadonlyMap<string, readonly SentMessage[]>;
}

function summarize(
  orders: readonly OrderPlacedWire[],
  effects: Effects,
  messages: MessagesByOrder,
): DemoSummary {
  const orderIds = new Set(orders.map(({ subject }) => subject));
  const ofOrders = <T extends { readonly orderId: string }>(items: readonly T[]): readonly T[] =>
    items.filter(({ orderId }) => orderIds.has(orderId));
  return {
    produced: orders.length,
    groups: Object.fromEntries(
      topology.consumers.map(({ consumerGroupId }) => [
        consumerGroupId,
        groupSummary(consumerGroupId, effects),
      ]),
    ),
    invoices: ofOrders(effects.invoices).length,
    reservations: ofOrders(effects.reservations).filter(holdsStock).length,
    emails: [...messages.emails.values()].flat().length,
    sms: [...messages.sms.values()].flat().length,
    dlq: effects.status.deadLetterQueues,
  };
}

function handlingProblems({ subject }: OrderPlacedWire, { handled }: DemoEffects): readonly string[] {
  return topology.consumers.flatMap(({ name }) =>
    handled[name].includes(subject) ? [] : [`${subject} was not handled by ${name}.`],
  );
}

function invoiceProblems({ subject, data }: OrderPlacedWire, { invoices }: Effects): readonly string[] {
  const invoice = invoices.find(({ orderId }) => orderId === subject);
  if (invoice === undefined) return [`${subject} has no invoice.`];
  return invoice.totalMinor === data.total && invoice.currency === data.currency
    ? []
    : [
        `${subject} has an invoice for ${invoice.totalMinor} ${invoice.currency} in minor units, ` +
          `not for ${data.total} ${data.currency}.`,
      ];
}

function reservationProblems(
  { subject, data }: OrderPlacedWire,
  { reservations }: Effects,
): readonly string[] {
  const reservation = reservations.find(({ orderId }) => orderId === subject);
  if (reservation === undefined) return [`${subject} has no reservation.`];
  if (!holdsStock(reservation))
    return [`${subject} has a reservation that is ${reservation.status}, not RESERVED.`];
  return sameQuantities(quantities(reservation.lines), quantities(data.lines))
    ? []
    : [`${subject} has a reservation of goods that differ from the order.`];
}

function messageProblems(
  { subject }: OrderPlacedWire,
  channel: string,
  recipient: string | undefined,
  sent: ReadonlyMap<string, readonly SentMessage[]>,
): readonly string[] {
  const messages = sent.get(subject) ?? [];
  if (recipient === undefined)
    return messages.length === 0
      ? []
      : [`${subject} names no recipient for ${channel}, but a message was sent.`];
  if (messages.length === 0) return [`${subject} has no ${channel}.`];
  if (messages.length > 1) return [`${subject} got its ${channel} ${messages.length} times.`];
  return messages.every((message) => message.recipient === recipient)
    ? []
    : [`${subject} has its ${channel} sent to another recipient.`];
}

/** Available goes down and reserved goes up, by exactly what was ordered. */
function stockProblems(
  orders: readonly OrderPlacedWire[],
  before: readonly StockLevel[],
  after: readonly StockLevel[],
): readonly string[] {
  const ordered = quantities(orders.flatMap(({ data }) => data.lines));
  return before.flatMap(({ sku, available, reserved }) => {
    const level = after.find((candidate) => candidate.sku === sku);
    const taken = ordered.get(sku) ?? 0;
    if (level?.available === available - taken && level.reserved === reserved + taken) return [];
    return [
      `Of ${sku}, ${available - taken} should be available and ${reserved + taken} reserved, ` +
        `but it is ${level?.available ?? 0} and ${level?.reserved ?? 0}.`,
    ];
  });
}

function groupProblems({ consumerGroupId }: ConsumerSpec, effects: Effects): readonly string[] {
  const { lag, members, partitions } = groupSummary(consumerGroupId, effects);
  return [
    ...(members === 0 ? [`${consumerGroupId} has no member.`] : []),
    ...(members > 0 && partitions !== topology.topic.partitions
      ? [`${consumerGroupId} reads ${partitions} of ${topology.topic.partitions} partitions.`]
      : []),
    ...(lag === 0 ? [] : [`${consumerGroupId} has a lag of ${lag ?? 'unknown size'}, not 0.`]),
  ];
}

function deadLetterProblems(before: DeadLetterDepths, depths: DeadLetterDepths): readonly string[] {
  return topology.consumers.flatMap(({ name }) =>
    depths[name] > before[name]
      ? [`The dead-letter queue of ${name} holds ${depths[name]}, not ${before[name]}.`]
      : [],
  );
}

function groupSummary(groupId: string, { status }: Effects): GroupSummary {
  const group = status.groups.find((candidate) => candidate.groupId === groupId);
  if (group === undefined) return { lag: null, members: 0, partitions: 0 };
  return {
    lag: group.lag.kind === 'known' ? group.lag.lag : null,
    members: group.members.length,
    partitions: ownedPartitions(group, status.topic),
  };
}

function ownedPartitions({ partitions }: GroupReport, topicName: string): number {
  return partitions.filter(({ topic, memberId }) => topic === topicName && memberId !== undefined).length;
}

function holdsStock({ status }: Reservation): boolean {
  return status === 'RESERVED';
}

/** The messages about each order. A text names its order, while a recipient may have ordered before. */
function messagesOf(
  orders: readonly OrderPlacedWire[],
  sent: readonly SentMessage[],
): ReadonlyMap<string, readonly SentMessage[]> {
  return new Map(
    orders.map(({ subject }) => [subject, sent.filter(({ text }) => words(text).includes(subject))]),
  );
}

/** Full stops at the end of a sentence are none of the word's. */
function words(text: string): readonly string[] {
  return text.split(/\s+/).map((word) => word.replace(/\.$/, ''));
}

function quantities(
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): ReadonlyMap<string, number> {
  const bySku = Map.groupBy(lines, ({ sku }) => sku);
  return new Map(
    [...bySku].map(([sku, ofSku]) => [sku, ofSku.reduce((sum, { quantity }) => sum + quantity, 0)]),
  );
}

function sameQuantities(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([sku, quantity]) => b.get(sku) === quantity);
}
