import type { Bench, Contest, Contestant, Metric, Sample } from '../harness/bench.ts';
import { memoryOf } from '../harness/process-usage.ts';
import { fillTopic } from '../mapping/fill-topic.ts';
import { emptyHandled } from '../mapping/handled-records.ts';
import { withMapping, type MappingShape, type MappingUnderTest } from '../mapping/mapping-under-test.ts';
import { handledRecords } from '../mapping/measure-reading.ts';

const BATCH_SIZES = [100, 10_000];
const BYTES = 400;
const MOST_MS = 120_000;

const METRICS: readonly Metric[] = [
  { name: 'pollerMib', title: 'MiB of the poller', digits: 0 },
  { name: 'peakMib', title: 'its peak', digits: 0 },
  { name: 'functionsMib', title: 'MiB of its execution environments', digits: 0 },
  { name: 'environmentMib', title: 'MiB of the environment process', digits: 0 },
];

export const memory: Bench = {
  name: 'memory',
  question: 'Does memory stay flat, however many records have passed?',
  run: async ({ isQuick }, contest) => {
    for (const batchSize of isQuick ? BATCH_SIZES.slice(-1) : BATCH_SIZES) {
      const shape: MappingShape = {
        partitions: 6,
        batchSize,
        handler: 'count',
        workMs: 0,
        maximumPollers: 1,
      };
      await withMapping(shape, (underTest) =>
        contest(oneContest(underTest, shape, { count: isQuick ? 30_000 : 250_000, parts: isQuick ? 2 : 5 })),
      );
    }
  },
};

/** Records pass in parts; each part is a contestant of one round. */
function oneContest(
  underTest: MappingUnderTest,
  shape: MappingShape,
  { count, parts }: { readonly count: number; readonly parts: number },
): Contest {
  const contestants = Array.from({ length: parts }, (_, index): Contestant => {
    const passed = (index + 1) * count;
    return {
      name: `after ${passed.toLocaleString('en-US')} records`,
      at: { series: 'the poller', x: passed },
      measure: () => memoryAfter(underTest, shape, count),
    };
  });
  return {
    title: `Memory at batches of ${shape.batchSize.toLocaleString('en-US')}`,
    work: [
      `${count} records of ${BYTES} bytes for each row, through one poller that keeps running; the function only counts.`,
      'Memory is the proportional set size, read when all records of the row are handled.',
    ],
    metrics: METRICS,
    contestants,
    ratios: [],
    bounds: contestants.slice(-1).map(({ name }) => ({
      title: `the poller, ${name}, MiB`,
      metric: 'pollerMib',
      of: name,
      goal: { is: 'at most', value: 250 },
    })),
    chart: {
      title: `MiB of the poller, batches of ${shape.batchSize.toLocaleString('en-US')}`,
      metric: 'pollerMib',
      lines: { x: 'records' },
    },
    turns: 'once',
  };
}

async function memoryAfter(
  { kafka, out, usage, setPollers }: MappingUnderTest,
  shape: MappingShape,
  count: number,
): Promise<Sample> {
  await setPollers(1);
  emptyHandled(out);
  await fillTopic(kafka, shape, { count, bytes: BYTES });
  const handled = await handledRecords({ out, count, mostMs: MOST_MS });
  if (handled === undefined || handled.count < count)
    throw new Error(`${handled?.count ?? 0} of ${count} records were handled in ${MOST_MS / 1_000} s.`);
  const processes = usage();
  const having = (text: string) => processes.filter(({ command }) => command.includes(text));
  const pollers = having('poller-process');
  return {
    pollerMib: memoryOf(pollers),
    peakMib: Math.max(...pollers.map(({ peakMib }) => peakMib)),
    functionsMib: memoryOf(having('bootstrap/main')),
    environmentMib: memoryOf(having('environment-process')),
  };
}
