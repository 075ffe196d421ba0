import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { KafkaRecord } from '../../functions/kafka/kafka-event.ts';
import type { OrderPlacedWire } from '../../functions/kernel/order-event-schema.ts';

/** The records that a campaign parks. */
export interface ParkedOrders {
  /** Part of every order id, so that no other campaign has them. */
  readonly run: string;
  readonly records: number;
  /** What the offsets begin with, beside those of other records. */
  readonly firstIndex?: number;
  readonly keys: number;
  /** Every n-th record is poison. */
  readonly poisonEvery: number;
}

const PARTITIONS = 6;
/** Far behind the end of the topic: the messages hold the whole records, and nothing else ever has their offsets. */
const FIRST_OFFSET = 1_000_000_000;
const OFFSETS_OF_A_RUN = 1_000_000;
const MOST_AT_ONCE = 10;
const CALLS_AT_ONCE = 8;

export function isPoison({ poisonEvery }: ParkedOrders, index: number): boolean {
  return index % poisonEvery === poisonEvery - 1;
}

export function keyOf({ keys }: Pick<ParkedOrders, 'keys'>, index: number): number {
  return index % keys;
}

export function indexOf(orders: Pick<ParkedOrders, 'run'>, { offset }: Pick<KafkaRecord, 'offset'>): number {
  return offset - firstOffsetOf(orders);
}

/** Tries and holds are kept by offset, so each run has offsets of its own. */
function firstOffsetOf({ run }: Pick<ParkedOrders, 'run'>): number {
  return FIRST_OFFSET + createHash('sha256').update(run).digest().readUInt16BE() * OFFSETS_OF_A_RUN;
}

function orderIdOf({ run }: Pick<ParkedOrders, 'run'>, index: number): string {
  return `${run}-${index}`;
}

/** The messages of records that their consumer has parked, in no order. */
export function parkedMessages(orders: ParkedOrders): readonly string[] {
  return Array.from({ length: orders.records }, (_, index) => index)
    .toSorted((a, b) => scatter(a) - scatter(b))
    .map((index) => JSON.stringify(parkedRecord(orders, index)));
}

/** Fills a dead-letter queue. */
export async function sendAll(
  client: SQSClient,
  queueUrl: string,
  messages: readonly string[],
): Promise<void> {
  let sent = 0;
  const send = async (): Promise<void> => {
    while (sent < messages.length) {
      const batch = messages.slice(sent, sent + MOST_AT_ONCE);
      sent += batch.length;
      const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, send));
}

/** The same order for every campaign, and none that the offsets have. */
const scatter = (index: number): number => (index * 7919) % 10_007;

function parkedRecord(orders: ParkedOrders, index: number): object {
  const key = keyOf(orders, index);
  return {
    kind: 'parked-record',
    version: 1,
    group: 'billing-group',
    functionVersion: '$LATEST',
    parkedAt: new Date().toISOString(),
    topic: 'order-events',
    partition: key % PARTITIONS,
    offset: firstOffsetOf(orders) + (orders.firstIndex ?? 0) + index,
    timestamp: Date.now(),
    timestampType: 'CREATE_TIME',
    reason: 'fails-unexpectedly',
    message: 'The campaign has parked it.',
    key: Buffer.from(`${orders.run}-key-${key}`).toString('base64'),
    value: Buffer.from(JSON.stringify(event(orders, index))).toString('base64'),
    headers: [],
  };
}

function event(orders: ParkedOrders, index: number): OrderPlacedWire {
  const orderId = orderIdOf(orders, index);
  return {
    specversion: '1.0',
    id: `${orderId}-placed`,
    source: '/redrive-campaign',
    type: 'order.placed',
    subject: orderId,
    time: '2026-11-30T00:00:00Z',
    data: {
      lines: [{ sku: 'campaign', quantity: 1, unitPrice: 100 }],
      currency: 'EUR',
      total: isPoison(orders, index) ? 1 : 100,
    },
  };
}
