import type { MetricAlarm, MetricName, MetricQuery } from './alarm.ts';
import type { Point } from './judge-points.ts';
import { evaluateExpression } from './metric-math/evaluate-expression.ts';
import { parseExpression } from './metric-math/parse-expression.ts';
import { series, type Value } from './metric-math/value.ts';
import { statisticOf, type Sample } from './statistic.ts';

/** The values of a metric from `from` up to but without `to`, in epoch milliseconds. */
export type ReadSamples = (metric: MetricName, from: number, to: number) => readonly Sample[];

export interface PointsWindow {
  /** The end of the newest period, in epoch milliseconds. */
  readonly end: number;
  /** How many periods are read. */
  readonly periods: number;
  readonly fillsEmptySeries: boolean;
}

/**
 * Reads the points of an alarm's series, oldest first. Periods end at the end of the window, so they slide with it.
 *
 * @throws {Error} when metric math cannot be calculated, or gives a number instead of a series.
 */
export function readPoints(alarm: MetricAlarm, read: ReadSamples, window: PointsWindow): readonly Point[] {
  const { queries, periodSeconds, judged } = alarm;
  const valueOf = (id: string): Value | undefined => {
    const query = queries.find((one) => one.id === id);
    if (query === undefined) return undefined;
    return query.kind === 'metric'
      ? series(pointsOf(query, read, window))
      : evaluateExpression(parseExpression(query.expression), {
          valueOf,
          metrics: () =>
            queries.flatMap((one) => (one.kind === 'metric' ? [series(pointsOf(one, read, window))] : [])),
          periodSeconds,
          fillsEmptySeries: window.fillsEmptySeries,
        });
  };
  const value = valueOf(judged);
  if (value?.kind !== 'series') {
    throw new Error(
      `The alarm ${alarm.name} judges ${judged}, which is no series: ${value?.kind ?? 'unknown'}.`,
    );
  }
  return value.points;
}

function pointsOf(
  query: Extract<MetricQuery, { kind: 'metric' }>,
  read: ReadSamples,
  { end, periods }: PointsWindow,
): readonly Point[] {
  const length = query.periodSeconds * 1_000;
  const begin = end - periods * length;
  const buckets = Array.from({ length: periods }, (): Sample[] => []);
  for (const sample of read(query.metric, begin, end)) {
    buckets[Math.floor((sample.at - begin) / length)]?.push(sample);
  }
  return buckets.map((samples) => statisticOf(samples, query.statistic));
}
