import { generateOrders, runOfSeed } from '../../cli/orders/order-generator.ts';
import type { OrderEvent } from '../../cli/orders/order-event-wire.ts';
import type { KafkaEvent, KafkaRecord } from '../../functions/kafka/kafka-event.ts';

const PARTITIONS = 6;
const TRACE = [...Buffer.from('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')];

/** Orders of the product's own generator, the same for the same seed. */
export function ordersOf(count: number, seed: number): readonly OrderEvent[] {
  const now = new Date();
  return [...generateOrders({ run: runOfSeed(seed), count, now: () => now })];
}

/** A Lambda event of these orders, keyed by their ids and spread over six partitions. */
export function eventOfOrders(orders: readonly OrderEvent[]): KafkaEvent {
  const next = new Map<number, number>();
  const records = orders.map((order): KafkaRecord => {
    const partition = partitionOf(order.subject);
    const offset = next.get(partition) ?? 0;
    next.set(partition, offset + 1);
    return {
      topic: 'order-events',
      partition,
      offset,
      timestamp: Date.now(),
      timestampType: 'CREATE_TIME',
      key: Buffer.from(order.subject).toString('base64'),
      value: Buffer.from(JSON.stringify(order)).toString('base64'),
      headers: [{ traceparent: TRACE }],
    };
  });
  const byPartition = Object.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`);
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/bench/1',
    bootstrapServers: '127.0.0.1:9092',
    records: Object.fromEntries(Object.entries(byPartition).map(([name, list]) => [name, list ?? []])),
  };
}

function partitionOf(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % PARTITIONS;
}
