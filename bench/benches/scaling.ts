import type { Bench, Contest, Metric, RatioSpec, RunContest } from '../harness/bench.ts';
import { refill } from '../mapping/fill-topic.ts';
import { withMapping, type MappingShape, type MappingUnderTest } from '../mapping/mapping-under-test.ts';
import { contestantOf, READING, type Reading } from '../mapping/measure-reading.ts';
import { kafkaJsReader, mappingReader } from '../mapping/readers.ts';

const POLLERS = [1, 2, 5, 10, 15];
const QUICK_POLLERS = [10];
/** The partitions, and so the most members of a group that have something to do. */
const PARTITIONS = 10;
const WORK_MS = 1;
const OURS = 'order-events';
const FLEET = 'kafkajs eachMessage';

const METRICS: readonly Metric[] = [
  READING.rate,
  READING.wholeRate,
  READING.firstMs,
  READING.cpuUs,
  READING.idle,
];

const IN_ORDER: MappingShape = {
  partitions: PARTITIONS,
  batchSize: 500,
  handler: 'inOrder',
  workMs: WORK_MS,
  maximumPollers: Math.max(...POLLERS),
};

const TOGETHER: MappingShape = { ...IN_ORDER, batchSize: 10_000, handler: 'together' };

export const scaling: Bench = {
  name: 'scaling',
  question: 'What do more pollers bring, beside a fleet of kafkajs consumers with as many members?',
  run: async ({ isQuick }, contest) => {
    await inOrder(contest, isQuick);
    await together(contest, isQuick);
  },
};

async function inOrder(contest: RunContest, isQuick: boolean): Promise<void> {
  const counts = isQuick ? QUICK_POLLERS : POLLERS;
  await withMapping(IN_ORDER, async (underTest) => {
    await refill(underTest, IN_ORDER, { count: isQuick ? 20_000 : 60_000, bytes: 100 });
    const reading: Reading = {
      out: underTest.out,
      count: isQuick ? 20_000 : 60_000,
      mostMs: isQuick ? 3_000 : 6_000,
    };
    await contest({
      title: 'Pollers, one record after the other',
      work: [
        `The function waits ${WORK_MS} ms for each record, one after the other, as an eachMessage handler does. ${PARTITIONS} partitions.`,
        `Each contestant reads for ${reading.mostMs / 1_000} s from its first record on, or until all ${reading.count} records are handled.`,
        'A poller makes up to five calls at once, each with partitions of its own; a kafkajs member works on one record at once.',
        'Execution environments stay warm between rounds; poller processes and kafkajs processes are new.',
      ],
      metrics: METRICS,
      contestants: counts.flatMap((members) => [
        contestantOf(nameOf(OURS, members), mappingReader(underTest, members), {
          ...reading,
          at: { series: OURS, x: members },
        }),
        contestantOf(
          nameOf(FLEET, members),
          kafkaJsReader(underTest, IN_ORDER, { members, mode: 'eachMessage' }),
          { ...reading, at: { series: FLEET, x: members } },
        ),
      ]),
      ratios: [
        ...(isQuick
          ? []
          : [
              ratio('ten pollers against one', nameOf(OURS, 10), nameOf(OURS, 1)),
              ratio('ten members against one', nameOf(FLEET, 10), nameOf(FLEET, 1)),
              ratio('one poller against one member', nameOf(OURS, 1), nameOf(FLEET, 1)),
            ]),
        ratio('ten pollers against ten members', nameOf(OURS, 10), nameOf(FLEET, 10)),
      ],
      bounds: [],
      chart: {
        title: 'Records a second, one after the other, by members of the group',
        metric: 'rate',
        lines: { x: 'pollers, or members' },
      },
      turns: 'long',
    });
  });
}

async function together(contest: RunContest, isQuick: boolean): Promise<void> {
  const count = isQuick ? 200_000 : 1_000_000;
  await withMapping(TOGETHER, async (underTest) => {
    await refill(underTest, TOGETHER, { count, bytes: 100 });
    await contest(togetherContest(underTest, { count, fleetMs: isQuick ? 3_000 : 8_000 }));
  });
}

function togetherContest(
  underTest: MappingUnderTest,
  { count, fleetMs }: { readonly count: number; readonly fleetMs: number },
): Contest {
  const { out } = underTest;
  const ten = nameOf(OURS, 10);
  const fleet = nameOf(FLEET, 10);
  return {
    title: 'Ten pollers, a whole batch at once',
    work: [
      `The function waits ${WORK_MS} ms for each record, for all records of a batch at once: ${count} records in batches of at most ${TOGETHER.batchSize}.`,
      `Ten kafkajs members wait for one record each; they are measured for ${fleetMs / 1_000} s from their first record on.`,
    ],
    metrics: METRICS.filter(({ name }) => name !== 'idle'),
    contestants: [
      contestantOf(ten, mappingReader(underTest, 10), { out, count, mostMs: 60_000 }),
      contestantOf(fleet, kafkaJsReader(underTest, TOGETHER, { members: 10, mode: 'eachMessage' }), {
        out,
        count,
        mostMs: fleetMs,
      }),
    ],
    ratios: [
      { title: 'ours against the fleet, after start', metric: 'rate', of: ten, to: fleet },
      {
        title: 'ours against the fleet, with start',
        metric: 'wholeRate',
        of: ten,
        to: fleet,
        goal: { is: 'at least', value: 10 },
      },
    ],
    bounds: [
      {
        title: 'ten pollers: ms to the first record handled',
        metric: 'firstMs',
        of: ten,
        goal: { is: 'at most', value: 3_000 },
      },
    ],
    chart: { title: 'Ten members: records a second, start included', metric: 'wholeRate' },
    turns: 'long',
  };
}

function ratio(title: string, of: string, to: string): RatioSpec {
  return { title: `${title}, rate`, metric: 'rate', of, to };
}

function nameOf(kind: string, members: number): string {
  const unit = kind === OURS ? 'poller' : 'member';
  return `${kind}, ${members} ${unit}${members === 1 ? '' : 's'}`;
}
