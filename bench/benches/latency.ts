import { readFileSync } from 'node:fs';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import {
  connectProducer,
  createTopics,
  readGroups,
  withAdmin,
  type Producer,
} from '@order-events/kafka-tools';
import { waitFor } from '../../local/helpers/wait-for.ts';
import type { Bench, BoundSpec, Contest, Contestant, Metric, Sample } from '../harness/bench.ts';
import { endToEndLatency } from '../kafka/kafka-performance.ts';
import { kafkaJsProgram, startChild } from '../mapping/child.ts';
import { emptyHandled } from '../mapping/handled-records.ts';
import {
  TOPIC,
  withMapping,
  type MappingShape,
  type MappingUnderTest,
} from '../mapping/mapping-under-test.ts';

const RATES = [50, 500, 2_000];
const QUICK_RATES = [500];
const PAD_BYTES = 300;
const BARE_TOPIC = 'bench-bare';
const BARE_GROUP = 'bare';
const PING_TOPIC = 'bench-ping';
const ALL_HANDLED_WITHIN_MS = 30_000;
const US_PER_MS = 1_000;
const OURS = 'order-events';
const BARE = 'bare kafkajs eachMessage';

const SHAPE: MappingShape = {
  partitions: 6,
  batchSize: 100,
  handler: 'latency',
  workMs: 0,
  maximumPollers: 1,
};

const METRICS: readonly Metric[] = [
  { name: 'p50', title: 'p50 ms', digits: 1 },
  { name: 'p90', title: 'p90 ms', digits: 1 },
  { name: 'p99', title: 'p99 ms', digits: 1 },
  { name: 'p999', title: 'p99.9 ms', digits: 1 },
  { name: 'most', title: 'slowest ms', digits: 1 },
];

/** Goals of the 99th percentile, by rate. */
const GOALS: ReadonlyMap<number, number> = new Map([
  [500, 30],
  [2_000, 100],
]);

export const latency: Bench = {
  name: 'latency',
  question:
    'How long does a record take from the moment when it was due to be sent until the function has it?',
  run: async ({ isQuick }, contest) => {
    await withMapping(SHAPE, async (underTest) => {
      await withAdmin(underTest.kafka, (admin) =>
        createTopics(
          admin,
          [BARE_TOPIC, PING_TOPIC].map((topic) => ({ topic, partitions: SHAPE.partitions })),
        ),
      );
      const bareOut = `${underTest.out}.bare`;
      emptyHandled(bareOut);
      const bare = startChild(kafkaJsProgram(bareSettings(underTest), { out: bareOut, workMs: 0 }));
      const producer = await connectProducer(underTest.kafka, { retries: 5 });
      try {
        await hasPartitions(underTest, BARE_GROUP);
        const warm = { rate: 200, seconds: 2, run: 'warm' };
        await measure(producer, { topic: TOPIC, out: underTest.out, ...warm });
        await measure(producer, { topic: BARE_TOPIC, out: bareOut, ...warm });
        await contest(
          oneContest(underTest, {
            producer,
            bareOut,
            seconds: isQuick ? 3 : 10,
            rates: isQuick ? QUICK_RATES : RATES,
          }),
        );
      } finally {
        await producer.disconnect();
        await bare.stop();
      }
    });
  },
};

const bareSettings = ({ bootstrapServers }: MappingUnderTest) =>
  ({
    members: 1,
    mode: 'eachMessage',
    bootstrapServers,
    topic: BARE_TOPIC,
    fromBeginning: false,
    groupId: BARE_GROUP,
    handler: SHAPE.handler,
  }) as const;

async function hasPartitions({ kafka }: MappingUnderTest, groupId: string): Promise<void> {
  await waitFor(
    async () => {
      const groups = await readGroups(kafka);
      return groups.some((group) => group.groupId === groupId && group.state === 'Stable');
    },
    { what: 'the kafkajs consumer to join its group', timeoutMs: ALL_HANDLED_WITHIN_MS },
  );
}

interface Work {
  readonly producer: Producer;
  readonly bareOut: string;
  readonly seconds: number;
  readonly rates: readonly number[];
}

function oneContest(underTest: MappingUnderTest, { producer, bareOut, seconds, rates }: Work): Contest {
  const { out, bootstrapServers } = underTest;
  return {
    title: 'From due to handled',
    work: [
      `One poller, batching window 0, ${SHAPE.partitions} partitions, records of some ${PAD_BYTES} bytes for ${seconds} s at each rate.`,
      'The clock of a record starts when it was due to be sent, so a producer that falls behind does not hide a wait.',
      "The bare consumer calls the same function in its own process. Kafka's own tool has one record on its way at a time, and prints whole milliseconds.",
    ],
    metrics: METRICS,
    contestants: [
      ...rates.flatMap((rate): Contestant[] => [
        {
          name: nameOf(OURS, rate),
          at: { series: OURS, x: rate },
          measure: (round) =>
            measure(producer, { topic: TOPIC, out, rate, seconds, run: `${rate}-${round}` }),
        },
        {
          name: nameOf(BARE, rate),
          at: { series: BARE, x: rate },
          measure: (round) =>
            measure(producer, { topic: BARE_TOPIC, out: bareOut, rate, seconds, run: `${rate}-${round}` }),
        },
      ]),
      {
        name: "Kafka's EndToEndLatency, one by one",
        measure: async () => ({
          ...(await endToEndLatency({
            bootstrapServers,
            topic: PING_TOPIC,
            count: seconds * 500,
            bytes: PAD_BYTES,
          })),
        }),
      },
    ],
    ratios: rates.map((rate) => ({
      title: `ours against the bare consumer at ${rate} a second, p99`,
      metric: 'p99',
      of: nameOf(OURS, rate),
      to: nameOf(BARE, rate),
    })),
    bounds: rates.flatMap((rate): BoundSpec[] => {
      const value = GOALS.get(rate);
      if (value === undefined) return [];
      const title = `p99 at ${rate} a second, ms`;
      return [{ title, metric: 'p99', of: nameOf(OURS, rate), goal: { is: 'at most', value } }];
    }),
    chart: {
      title: 'p99 from due to handled, in ms',
      metric: 'p99',
      lines: { x: 'records a second' },
    },
    turns: 'long',
  };
}

const nameOf = (kind: string, rate: number): string => `${kind}, ${rate.toLocaleString('en-US')} a second`;

interface Run {
  readonly topic: string;
  /** The file that the function appends to. */
  readonly out: string;
  /** Records a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Marks the records of this run. */
  readonly run: string;
}

async function measure(producer: Producer, { topic, out, rate, seconds, run }: Run): Promise<Sample> {
  const sent = await produce(producer, { topic, out, rate, seconds, run });
  const taken = (): readonly number[] => latenciesOf(out, run);
  await waitFor(() => taken().length >= sent, {
    what: `${sent} records to be handled`,
    timeoutMs: ALL_HANDLED_WITHIN_MS,
  });
  const histogram = createHistogram();
  for (const ms of taken()) histogram.record(Math.max(1, Math.round(ms * US_PER_MS)));
  const at = (percentile: number) => histogram.percentile(percentile) / US_PER_MS;
  return { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), most: histogram.max / US_PER_MS };
}

/** Sends records evenly over the time. Each has the moment when it was due. @returns how many. */
async function produce(producer: Producer, { topic, rate, seconds, run }: Run): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  const count = rate * seconds;
  const dueAt = (index: number): number => startedAt + (index / rate) * 1_000;
  const pad = 'x'.repeat(PAD_BYTES);
  const pending: Promise<unknown>[] = [];
  let sent = 0;
  while (sent < count) {
    const messages: { key: string; value: string }[] = [];
    const now = performance.timeOrigin + performance.now();
    for (; sent < count && dueAt(sent) <= now; sent += 1)
      messages.push({ key: `key-${sent}`, value: JSON.stringify({ run, dueAt: dueAt(sent), pad }) });
    if (messages.length > 0) pending.push(producer.send({ topic, messages }));
    await delay(1);
  }
  await Promise.all(pending);
  return count;
}

function latenciesOf(out: string, run: string): readonly number[] {
  return readFileSync(out, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${run} `))
    .map((line) => Number(line.slice(run.length + 1)));
}
