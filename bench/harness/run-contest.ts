import type { BoundSpec, Contest, Contestant, Goal, RatioSpec, Sample, Settings } from './bench.ts';
import { spreadOf, type Spread } from './statistics.ts';

export interface Row {
  readonly contestant: string;
  readonly at?: Contestant['at'];
  readonly figures: Readonly<Record<string, Spread>>;
  /** One for each round. */
  readonly samples: readonly Sample[];
}

export interface Judged {
  readonly title: string;
  readonly spread: Spread;
  readonly goal?: Goal;
  /** By the median; undefined without a goal. */
  readonly isMet?: boolean;
}

export interface ContestResult {
  readonly title: string;
  readonly work: readonly string[];
  readonly rounds: number;
  readonly metrics: Contest['metrics'];
  readonly chart: Contest['chart'];
  readonly rows: readonly Row[];
  readonly judged: readonly Judged[];
}

/**
 * Runs the contestants in turns, so that other load on the machine affects all of them, and compares them within a
 * round.
 */
export async function runContest(
  contest: Contest,
  settings: Settings,
  report: (line: string) => void,
): Promise<ContestResult> {
  const { rounds, first } = turnsOf(contest, settings);
  const samples = new Map<string, Sample[]>(contest.contestants.map(({ name }) => [name, []]));
  for (let round = first; round < rounds; round += 1) {
    const turn = round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`;
    for (const { name, measure } of contest.contestants) {
      report(`${contest.title}: ${turn}, ${name}`);
      const sample = await measure(round);
      if (round >= 0) samples.get(name)?.push(sample);
    }
  }
  const { title, work, metrics, chart } = contest;
  const rows = contest.contestants.map((contestant) =>
    rowOf(contestant, samplesOf(samples, contestant.name)),
  );
  const judged = [
    ...contest.ratios.map((ratio) => judgeRatio(ratio, samples)),
    ...contest.bounds.map((bound) => judgeBound(bound, samples)),
  ];
  return { title, work, rounds, metrics, chart, rows, judged };
}

/** A round below zero is a warm-up. */
function turnsOf(
  { turns }: Contest,
  { isQuick, rounds }: Settings,
): { readonly rounds: number; readonly first: number } {
  const isOnce = turns === 'once' || (turns === 'long' && isQuick);
  return isOnce ? { rounds: 1, first: 0 } : { rounds, first: -1 };
}

function rowOf({ name, at }: Contestant, samples: readonly Sample[]): Row {
  const metrics = Object.keys(samples[0] ?? {});
  const figures = metrics.map((metric) => [metric, spreadOf(valuesOf(samples, metric))] as const);
  return {
    contestant: name,
    ...(at === undefined ? {} : { at }),
    figures: Object.fromEntries(figures),
    samples,
  };
}

function judgeRatio(
  { title, metric, of, to, goal }: RatioSpec,
  samples: ReadonlyMap<string, readonly Sample[]>,
): Judged {
  const divisors = valuesOf(samplesOf(samples, to), metric);
  const ratios = valuesOf(samplesOf(samples, of), metric).map(
    (value, round) => value / (divisors[round] ?? Number.NaN),
  );
  return judge(title, spreadOf(ratios), goal);
}

function judgeBound(
  { title, metric, of, goal }: BoundSpec,
  samples: ReadonlyMap<string, readonly Sample[]>,
): Judged {
  return judge(title, spreadOf(valuesOf(samplesOf(samples, of), metric)), goal);
}

function judge(title: string, spread: Spread, goal: Goal | undefined): Judged {
  if (goal === undefined) return { title, spread };
  const isMet = goal.is === 'at least' ? spread.median >= goal.value : spread.median <= goal.value;
  return { title, spread, goal, isMet };
}

function samplesOf(samples: ReadonlyMap<string, readonly Sample[]>, contestant: string): readonly Sample[] {
  const found = samples.get(contestant);
  if (found === undefined)
    throw new Error(`No contestant is called ${contestant}; there are: ${[...samples.keys()].join(', ')}.`);
  return found;
}

function valuesOf(samples: readonly Sample[], metric: string): readonly number[] {
  return samples.map((sample) => sample[metric] ?? Number.NaN);
}
