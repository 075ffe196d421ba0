import type { Alarm, MetricName } from '../alarm.ts';
import { evaluatedUpTo } from '../schedule.ts';
import { partsOf, type SetStatistic } from '../statistic.ts';

/** What is wanted of a metric. */
export interface Wanted {
  readonly metric: MetricName;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly statistics: ReadonlySet<SetStatistic>;
}

/**
 * Lists what alarms read that are due at `now`, each metric once, with the longest look back and all statistics.
 *
 * @param extraPeriods - periods that are read beyond N.
 */
export function wantedBy(alarms: readonly Alarm[], now: number, extraPeriods: number): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const alarm of alarms) {
    const end = alarm.kind === 'metric' ? evaluatedUpTo(alarm, now) : undefined;
    if (alarm.kind !== 'metric' || end === undefined) continue;
    const from = end - (alarm.evaluationPeriods + extraPeriods) * alarm.periodSeconds * 1_000;
    for (const query of alarm.queries) {
      if (query.kind !== 'metric') continue;
      const { metric, statistic } = query;
      const key = keyOf(metric);
      const others = wanted.get(key);
      wanted.set(key, {
        metric,
        from: Math.min(from, others?.from ?? Number.POSITIVE_INFINITY),
        statistics: new Set([...(others?.statistics ?? []), ...partsOf(statistic)]),
      });
    }
  }
  return [...wanted.values()];
}

/** The same text for the same metric, whatever the order of its dimensions. */
export function keyOf({ namespace, name, dimensions }: MetricName): string {
  const sorted = Object.entries(dimensions).toSorted(([one], [other]) => one.localeCompare(other, 'en'));
  return JSON.stringify([namespace, name, sorted]);
}
