import type { BoundSpec, Contest, Goal, RatioSpec, Sample, Settings } from './bench.ts';
import { spreadOf, type Spread } from './statistics.ts';

export interface Row {
  readonly contestant: string;
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
  const rounds = settings.isQuick ? settings.rounds : (contest.rounds ?? settings.rounds);
  const samples = new Map<string, Sample[]>(contest.contestants.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    report(round < 0 ? `${contest.title}: warming up` : `${contest.title}: round ${round + 1} of ${rounds}`);
    for (const { name, measure } of contest.contestants) {
      const sample = await measure(round);
      if (round >= 0) samples.get(name)?.push(sample);
    }
  }
  const { title, work, metrics, chart } = contest;
  const rows = Array.from(samples, ([contestant, taken]) => rowOf(contestant, taken));
  const judged = [
    ...contest.ratios.map((ratio) => judgeRatio(ratio, samples)),
    ...contest.bounds.map((bound) => judgeBound(bound, samples)),
  ];
  return { title, work, rounds, metrics, chart, rows, judged };
}

function rowOf(contestant: string, samples: readonly Sample[]): Row {
  const names = Object.keys(samples[0] ?? {});
  const figures = names.map((name) => [name, spreadOf(valuesOf(samples, name))] as const);
  return { contestant, figures: Object.fromEntries(figures), samples };
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
