import { ensureTopic, withAdmin } from '@order-events/kafka-tools';
import type { Bench, Contest, Metric } from '../harness/bench.ts';
import { consumerPerformance, producerPerformance } from '../kafka/kafka-performance.ts';
import { refill } from '../mapping/fill-topic.ts';
import { withMapping, type MappingShape, type MappingUnderTest } from '../mapping/mapping-under-test.ts';
import { contestantOf, READING } from '../mapping/measure-reading.ts';
import { kafkaJsReader, mappingReader, pluginReader } from '../mapping/readers.ts';

const CEILING_TOPIC = 'bench-ceiling';
const OURS = 'order-events, one poller';
const PLUGIN = 'serverless-offline with its Kafka plugin';
const BARE = 'bare kafkajs eachBatch';
/** A contestant that needs longer is measured by what it did until then. */
const MOST_MS = 60_000;

const METRICS: readonly Metric[] = [READING.rate, READING.wholeRate, READING.cpuUs, READING.memoryMib];

const SMALL: MappingShape = {
  partitions: 6,
  batchSize: 100,
  handler: 'count',
  workMs: 0,
  maximumPollers: 6,
};

const LARGE: MappingShape = {
  partitions: 10,
  batchSize: 10_000,
  handler: 'together',
  workMs: 1,
  maximumPollers: 10,
};

export const mapping: Bench = {
  name: 'mapping',
  question: 'How fast do records get from the broker through a mapping into a function?',
  run: async ({ isQuick }, contest) => {
    const small = isQuick ? 60_000 : 600_000;
    await withMapping(SMALL, async (underTest) => {
      await underTest.setPollers(0);
      await withAdmin(underTest.kafka, (admin) =>
        ensureTopic(admin, { topic: CEILING_TOPIC, partitions: SMALL.partitions }),
      );
      await contest(ceiling(underTest, isQuick ? 100_000 : 1_000_000));
      await refill(underTest, SMALL, { count: small, bytes: 400 });
      await contest(smallBatches(underTest, small));
    });
    const large = isQuick ? 200_000 : 1_000_000;
    await withMapping(LARGE, async (underTest) => {
      await refill(underTest, LARGE, { count: large, bytes: 100 });
      await contest(largeBatches(underTest, large));
    });
  },
};

/** What the broker itself allows, on this machine. */
function ceiling({ bootstrapServers }: MappingUnderTest, count: number): Contest {
  const load = { bootstrapServers, topic: CEILING_TOPIC, count, bytes: 400 };
  return {
    title: "The broker's ceiling",
    work: [
      `Kafka's own ProducerPerformance writes ${count} records of 400 bytes to ${SMALL.partitions} partitions; ConsumerPerformance reads as many, and does nothing with them.`,
    ],
    metrics: [READING.rate],
    contestants: [
      {
        name: 'ProducerPerformance',
        measure: async () => ({ rate: await producerPerformance(load) }),
      },
      { name: 'ConsumerPerformance', measure: async () => ({ rate: await consumerPerformance(load) }) },
    ],
    ratios: [],
    bounds: [],
    chart: { title: "The broker's ceiling: records a second", metric: 'rate' },
    turns: 'long',
  };
}

function smallBatches(underTest: MappingUnderTest, count: number): Contest {
  return {
    title: 'Small batches',
    work: [
      `${count} records of 400 bytes in ${SMALL.partitions} partitions, in batches of at most ${SMALL.batchSize}, to a function that only counts.`,
      'The process of each poller and peer is new in each round. Compiling its code takes about the first 100000 records, so there are many more.',
      'order-events runs the function in processes that it freezes between invocations and ends at a timeout, retries, and tells partitions apart.',
      'The plugin calls the function in its own process, retries nothing, and gives all records partition 0 and no key of the partition.',
      'The bare loop has no Lambda at all: it calls the function with what a partition had, in batches of any size.',
    ],
    metrics: METRICS,
    contestants: [
      contestantOf(OURS, mappingReader(underTest, 1), { out: underTest.out, count, mostMs: MOST_MS }),
      contestantOf(PLUGIN, pluginReader(underTest, SMALL), { out: underTest.out, count, mostMs: MOST_MS }),
      contestantOf(BARE, kafkaJsReader(underTest, SMALL, { members: 1, mode: 'eachBatch' }), {
        out: underTest.out,
        count,
        mostMs: MOST_MS,
      }),
    ],
    ratios: [
      {
        title: 'ours against the plugin, rate',
        metric: 'rate',
        of: OURS,
        to: PLUGIN,
        goal: { is: 'at least', value: 1 },
      },
      { title: 'ours against the bare loop, rate', metric: 'rate', of: OURS, to: BARE },
    ],
    bounds: [],
    chart: { title: 'Small batches: records a second', metric: 'rate' },
    turns: 'long',
  };
}

function largeBatches(underTest: MappingUnderTest, count: number): Contest {
  const ours = 'order-events, two pollers';
  return {
    title: 'Large batches with work',
    work: [
      `${count} records of 100 bytes in ${LARGE.partitions} partitions, in batches of at most ${LARGE.batchSize}.`,
      'The function parses each record and waits 1 ms for it, as for a store, for all records of a batch at once.',
      'The bare loop calls the same function in its own process.',
    ],
    metrics: METRICS,
    contestants: [
      contestantOf(ours, mappingReader(underTest, 2), { out: underTest.out, count, mostMs: MOST_MS }),
      contestantOf(BARE, kafkaJsReader(underTest, LARGE, { members: 1, mode: 'eachBatch' }), {
        out: underTest.out,
        count,
        mostMs: MOST_MS,
      }),
    ],
    ratios: [
      {
        title: 'ours against the bare loop, rate',
        metric: 'rate',
        of: ours,
        to: BARE,
        goal: { is: 'at least', value: 0.6 },
      },
    ],
    bounds: [
      {
        title: 'ours, CPU µs a record over all processes',
        metric: 'cpuUs',
        of: ours,
        goal: { is: 'at most', value: 9 },
      },
    ],
    chart: { title: 'Large batches with work: records a second', metric: 'rate' },
    turns: 'long',
  };
}
