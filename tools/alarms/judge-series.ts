import type { DeployedStage } from './deployed-stage.ts';
import { possibleOptions, replay, type Replayed } from './replay.ts';
import type { Series } from './series/series.ts';

/** How a series came out, whatever AWS's documents leave open. */
export interface JudgedSeries {
  readonly series: Series;
  /** Minutes from the first bad minute to the first page: the earliest and the latest; absent without a page. */
  readonly page?: { readonly earliest: number; readonly latest: number };
  /** Alarms that went to ALARM, with the latest of their first minutes, earliest first. */
  readonly alarms: readonly { readonly name: string; readonly minute: number }[];
  /** What is wrong; empty when the series came out as it must. */
  readonly problems: readonly string[];
}

export function judgeSeries(stage: DeployedStage, series: Series): JudgedSeries {
  const runs = possibleOptions.map((options) => replay(stage, series, options));
  const pages = runs.map(firstPage);
  const paged = pages.filter((minute) => minute !== undefined);
  return {
    series,
    ...(paged.length === 0 ? {} : { page: { earliest: Math.min(...paged), latest: Math.max(...paged) } }),
    alarms: alarmsOf(runs),
    problems: series.must.kind === 'quiet' ? pagesOf(runs) : missesOf(series, runs),
  };
}

function firstPage({ pages, badFrom }: Replayed): number | undefined {
  const minutes = [...pages.values()];
  return minutes.length === 0 ? undefined : Math.min(...minutes) - badFrom;
}

function alarmsOf(runs: readonly Replayed[]): JudgedSeries['alarms'] {
  const latest = new Map<string, number>();
  for (const { alarms, badFrom } of runs) {
    for (const [name, minute] of alarms) {
      latest.set(name, Math.max(latest.get(name) ?? Number.NEGATIVE_INFINITY, minute - badFrom));
    }
  }
  return [...latest]
    .map(([name, minute]) => ({ name, minute }))
    .toSorted((one, other) => one.minute - other.minute || one.name.localeCompare(other.name, 'en'));
}

function pagesOf(runs: readonly Replayed[]): readonly string[] {
  const paged = new Set(runs.flatMap(({ pages }) => [...pages.keys()]));
  return [...paged].map((alarm) => `${alarm} pages`);
}

function missesOf({ must }: Series, runs: readonly Replayed[]): readonly string[] {
  if (must.kind === 'quiet') return [];
  const problems = runs.flatMap((run) => {
    const page = firstPage(run);
    if (page === undefined) return ['nobody is paged'];
    if (page > must.within) return [`the page comes after ${page} minutes, later than ${must.within}`];
    const caught = [...run.alarms].some(
      ([name, minute]) =>
        minute - run.badFrom <= must.within && must.by.some((by) => name.endsWith(`-${by}`)),
    );
    return caught ? [] : [`none of ${must.by.join(', ')} is in ALARM within ${must.within} minutes`];
  });
  return [...new Set(problems)];
}
