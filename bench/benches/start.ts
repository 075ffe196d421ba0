import { setTimeout as delay } from 'node:timers/promises';
import type { Bench, Contestant, Sample } from '../harness/bench.ts';
import { cpuBetween, memoryOf } from '../harness/process-usage.ts';
import { bareBroker, bareEmulator } from '../start/bare-engine.ts';
import { npmStart, type NpmStart } from '../start/npm-start.ts';

const NPM_START = 'npm start, until Ready';

/** How long nobody uses what was started, in milliseconds: first until it has settled, then while it is measured. */
interface Rest {
  readonly settleMs: number;
  readonly idleMs: number;
}

const REST: Rest = { settleMs: 15_000, idleMs: 60_000 };
const QUICK_REST: Rest = { settleMs: 1_000, idleMs: 5_000 };
/** Enough for an engine, whose figures are for comparison only. */
const ENGINE_REST: Rest = { settleMs: 1_000, idleMs: 5_000 };
const QUICK_ENGINE_REST: Rest = { settleMs: 0, idleMs: 500 };

export const start: Bench = {
  name: 'start',
  question: 'How long does the local environment take to start, and what does it cost while nobody uses it?',
  run: async ({ isQuick }, contest) => {
    const ofEngine = isQuick ? QUICK_ENGINE_REST : ENGINE_REST;
    await contest({
      title: 'A start of the local environment, with warm caches',
      work: [
        'From the start of npm to the line `Ready`: engines, deployment, functions, mappings, console, and ten orders with all their effects.',
        `Then nobody uses it: ${seconds(REST.settleMs)} to settle, and ${seconds(REST.idleMs)} in which the CPU of all its processes is counted; the metrics and alarms of a minute are part of them.`,
        'Memory is that of all its processes after this time, with npm; shared memory is divided among those who share it.',
        'The engines alone are the floor: the environment starts both.',
      ],
      metrics: [
        { name: 'seconds', title: 's', digits: 1 },
        { name: 'memoryMib', title: 'MiB', digits: 0 },
        { name: 'idlePercent', title: '% of a core, idle', digits: 1 },
      ],
      contestants: [
        contestant(NPM_START, npmStart, isQuick ? QUICK_REST : REST),
        contestant('Apache Kafka alone', bareBroker, ofEngine),
        contestant('MiniStack alone', bareEmulator, ofEngine),
      ],
      ratios: [],
      bounds: [
        bound('npm start to Ready, s', 'seconds', 10),
        bound('memory, MiB', 'memoryMib', 700),
        bound('% of a core when idle', 'idlePercent', 3),
      ],
      chart: { title: 'Start, in s', metric: 'seconds' },
      turns: 'long',
    });
  },
};

const seconds = (ms: number): string => `${ms / 1_000} s`;

const bound = (title: string, metric: string, value: number) => ({
  title,
  metric,
  of: NPM_START,
  goal: { is: 'at most', value } as const,
});

function contestant(name: string, begin: () => Promise<NpmStart>, rest: Rest): Contestant {
  return {
    name,
    measure: async (round) => {
      const started = await begin();
      try {
        const sample = { seconds: started.readyMs / 1_000 };
        // A warm-up fills the caches, and has done so by now.
        return round < 0 ? sample : { ...sample, ...(await atRest(started, rest)) };
      } finally {
        await started.stop();
      }
    },
  };
}

async function atRest({ usage }: NpmStart, { settleMs, idleMs }: Rest): Promise<Sample> {
  await delay(settleMs);
  const before = usage();
  const begun = performance.now();
  await delay(idleMs);
  const after = usage();
  const elapsedMs = performance.now() - begun;
  return {
    memoryMib: memoryOf(after),
    idlePercent: (100 * cpuBetween(before, after)) / elapsedMs,
  };
}
