import type { KafkaEvent, KafkaRecord } from '../../functions/kafka/kafka-event.ts';
import { processBatch } from '../../functions/kafka/process-batch.ts';
import { buildKafkaEvent } from '../../local/event-source-mapping/batch/build-kafka-event.ts';
import { MAXIMUM_PAYLOAD_BYTES, planBatch } from '../../local/event-source-mapping/batch/batcher.ts';
import { PartitionQueue } from '../../local/event-source-mapping/batch/partition-queue.ts';
import { toQueuedRecord } from '../../local/event-source-mapping/record/queued-record.ts';
import { batchDependencies } from '../fixtures/no-effect.ts';
import { eventOfOrders, ordersOf } from '../fixtures/order-batches.ts';
import type { Bench, Contest, Contestant } from '../harness/bench.ts';
import { timed } from '../harness/timed.ts';

const LEAST_RECORDS = 20_000;
const LEAST_QUICK_RECORDS = 5_000;
const LEAST_BYTES = 8_000_000;
const LEAST_QUICK_BYTES = 2_000_000;
const TOPIC = 'order-events';

export const growth: Bench = {
  name: 'growth',
  question: 'What happens to the cost of a record when there is more of everything?',
  run: async ({ isQuick }, contest) => {
    const least = isQuick ? LEAST_QUICK_RECORDS : LEAST_RECORDS;
    await contest(byEvents(isQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000]));
    await contest(byBatch(least));
    await contest(byKeys(isQuick ? [1, 10_000] : [1, 10, 1_000, 10_000, 100_000]));
    await contest(byPayload(isQuick ? LEAST_QUICK_BYTES : LEAST_BYTES));
    await contest(byPartitions(least));
  },
};

const CPU = [{ name: 'cpuUs', title: 'CPU µs a record', digits: 2 }];

/** A contest of sizes: its ratio compares the largest with the smallest. */
function growing(
  about: Pick<Contest, 'title' | 'work'> & { readonly unit: string },
  contestants: readonly Contestant[],
  metrics: Contest['metrics'] = CPU,
): Contest {
  const { title, work, unit } = about;
  const [smallest, largest] = [contestants[0]?.name ?? '', contestants.at(-1)?.name ?? ''];
  const metric = metrics[0]?.name ?? '';
  return {
    title,
    work,
    metrics,
    contestants,
    ratios: [{ title: `${largest} against ${smallest}, CPU`, metric, of: largest, to: smallest }],
    bounds: [],
    chart: {
      title: `${metrics[0]?.title ?? ''}, by ${unit}`,
      metric,
      lines: { x: unit, isLogarithmic: true },
    },
  };
}

/** @param unit - in the plural. */
function sized(size: number, unit: string, measure: Contestant['measure']): Contestant {
  return {
    name: `${size.toLocaleString('en-US')} ${size === 1 ? unit.replace(/s$/, '') : unit}`,
    at: { series: 'order-events', x: size },
    measure,
  };
}

/** The function: one batch after the other. */
async function handle(texts: Iterable<string>, records: number) {
  const events = Array.from(texts, (text) => JSON.parse(text) as KafkaEvent);
  const cost = await timed(records, async () => {
    for (const event of events) await processBatch(event, batchDependencies(4, 25));
  });
  return { ...cost };
}

function byEvents(counts: readonly number[]): Contest {
  const batch = 500;
  const text = JSON.stringify(eventOfOrders(ordersOf(batch, 7)));
  return growing(
    {
      title: 'The function, by events',
      work: [
        `Orders in batches of ${batch}, one batch after the other, each parsed from its text as Lambda's runtime does; that is in the figure.`,
      ],
      unit: 'events',
    },
    counts.map((count) =>
      sized(count, 'events', async () => {
        const cost = await timed(count, async () => {
          for (let left = count; left > 0; left -= batch)
            await processBatch(JSON.parse(text) as KafkaEvent, batchDependencies(4, 25));
        });
        return { ...cost };
      }),
    ),
  );
}

function byBatch(least: number): Contest {
  return growing(
    {
      title: 'The function, by batch',
      work: ['Orders with keys of their own; the parse of the event is not in the figure.'],
      unit: 'records in a batch',
    },
    [10, 100, 1_000, 10_000].map((batch) => {
      const text = JSON.stringify(eventOfOrders(ordersOf(batch, 7)));
      const times = Math.ceil(least / batch);
      return sized(batch, 'in a batch', () => handle(repeated(text, times), times * batch));
    }),
  );
}

function byKeys(counts: readonly number[]): Contest {
  const most = Math.max(...counts);
  const orders = ordersOf(most, 7);
  return growing(
    {
      title: 'The function, by distinct keys',
      work: [
        `One event of ${most} orders, which is more than Lambda ever sends. With one key all are in one lane.`,
      ],
      unit: 'distinct keys',
    },
    counts.map((keys) => {
      const event = eventOfOrders(orders);
      const text = JSON.stringify(withKeys(event, keys));
      return sized(keys, 'keys', () => handle([text], most));
    }),
  );
}

/** The order's own key stays in its value; only the lanes change. */
function withKeys(event: KafkaEvent, keys: number): KafkaEvent {
  let index = 0;
  const keyed = (record: KafkaRecord): KafkaRecord =>
    Object.assign(record, { key: Buffer.from(`key-${(index += 1) % keys}`).toString('base64') });
  return { ...event, records: { [`${TOPIC}-0`]: Object.values(event.records).flat().map(keyed) } };
}

function byPayload(leastBytes: number): Contest {
  return growing(
    {
      title: 'The function, by payload',
      work: [
        'Orders with an unknown field of this size beside what the schema knows. A record of 1 MB is the most that the topic takes.',
      ],
      unit: 'bytes',
    },
    [100, 1_000, 10_000, 100_000, 1_000_000].map((bytes) => {
      const count = Math.max(1, Math.min(2_000, Math.floor(leastBytes / bytes)));
      const orders = ordersOf(count, 7).map((order) => Object.assign(order, { note: 'x'.repeat(bytes) }));
      const text = JSON.stringify(eventOfOrders(orders));
      const kilobytes = text.length / 1_000;
      return sized(bytes, 'bytes', () => handle([text], kilobytes));
    }),
    [{ name: 'cpuUs', title: 'CPU µs a kB of the event', digits: 2 }],
  );
}

function byPartitions(least: number): Contest {
  const batch = 100;
  return growing(
    {
      title: 'The poller, by partitions',
      work: [
        `Records of 300 bytes, spread over the partitions: queued, planned in batches of at most ${batch}, and written as an event.`,
      ],
      unit: 'partitions',
    },
    [1, 10, 100].map((partitions) =>
      sized(partitions, 'partitions', async () => ({
        ...(await timed(least, () => Promise.resolve(poll({ partitions, records: least, batch })))),
      })),
    ),
  );
}

interface Polling {
  readonly partitions: number;
  readonly records: number;
  readonly batch: number;
}

/** What a poller does with fetched records until the function is called. */
function poll({ partitions, records, batch }: Polling): void {
  const origin = {
    eventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/bench/1',
    bootstrapServers: ['127.0.0.1:9092'],
  };
  const value = Buffer.alloc(300, 'x');
  const queues = Array.from(
    { length: partitions },
    (_, partition) => new PartitionQueue({ topic: TOPIC, partition }),
  );
  const limits = { batchSize: batch, windowMs: 0, maximumPayloadBytes: MAXIMUM_PAYLOAD_BYTES };
  let lastServed: number | null = null;
  const each = Math.ceil(records / partitions);
  for (const queue of queues)
    queue.push(
      Array.from({ length: each }, (_, offset) => queued(queue, offset, value)),
      0,
    );
  while (true) {
    const plan = planBatch({ queues, origin, limits, windowStartedAt: 0, lastServed, now: 1 });
    if (plan.kind !== 'take') return;
    lastServed = plan.lastServed;
    const taken = plan.turns.flatMap(
      ({ topicPartition, count }) => queues[topicPartition.partition]?.take(count) ?? [],
    );
    buildKafkaEvent(origin, taken);
    for (const { topicPartition } of plan.turns) queues[topicPartition.partition]?.release(1);
  }
}

function queued({ topicPartition }: PartitionQueue, offset: number, value: Buffer) {
  return toQueuedRecord(
    {
      ...topicPartition,
      offset,
      timestamp: 1,
      timestampType: 'CREATE_TIME',
      key: Buffer.from(`key-${offset}`),
      value,
      headers: [],
    },
    'omit',
  );
}

function repeated(text: string, times: number): readonly string[] {
  return Array.from({ length: times }, () => text);
}
