import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { MetricName } from '../alarm.ts';
import type { ReadSamples } from '../read-points.ts';
import type { Sample } from '../statistic.ts';
import { keyOf, type Wanted } from './wanted.ts';

/** Of these four all others are calculated, for periods of any length that begin at any minute. */
const STATISTICS = ['Sum', 'SampleCount', 'Minimum', 'Maximum'] as const;

/** As many as one call takes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const QUERIES_OF_A_CALL = 500;
const METRICS_OF_A_CALL = QUERIES_OF_A_CALL / STATISTICS.length;

/** A minute is the shortest period of an alarm on what AWS and functions publish. */
const MINUTE_SECONDS = 60;

/** Reads the minutes of metrics up to but without `to`, from CloudWatch's API. A metric that was not wanted has no values. */
export async function readSamples(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  to: number,
): Promise<ReadSamples> {
  const samples = new Map<string, readonly Sample[]>();
  for (const [from, alike] of Map.groupBy(wanted, (one) => one.from)) {
    for (let first = 0; first < alike.length; first += METRICS_OF_A_CALL) {
      const metrics = alike.slice(first, first + METRICS_OF_A_CALL).map(({ metric }) => metric);
      const results = await readResults(client, metrics, { from, to });
      for (const [index, metric] of metrics.entries()) {
        samples.set(keyOf(metric), samplesOf(results, index));
      }
    }
  }
  return (metric, from, until) =>
    (samples.get(keyOf(metric)) ?? []).filter(({ at }) => at >= from && at < until);
}

async function readResults(
  client: CloudWatchClient,
  metrics: readonly MetricName[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<string, MetricDataResult>> {
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(from),
      EndTime: new Date(to),
      MetricDataQueries: metrics.flatMap(queriesOf),
    }),
  );
  return new Map(MetricDataResults.map((result) => [result.Id ?? '', result]));
}

const queriesOf = ({ namespace, name, dimensions }: MetricName, index: number): readonly MetricDataQuery[] =>
  STATISTICS.map((Stat) => ({
    Id: idOf(index, Stat),
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: MINUTE_SECONDS,
      Stat,
    },
  }));

const idOf = (index: number, statistic: string): string => `m${index}_${statistic}`;

function samplesOf(results: ReadonlyMap<string, MetricDataResult>, index: number): readonly Sample[] {
  const valuesOf = (statistic: (typeof STATISTICS)[number]): ReadonlyMap<number, number> => {
    const { Timestamps = [], Values = [] } = results.get(idOf(index, statistic)) ?? {};
    return new Map(Timestamps.map((at, position) => [at.getTime(), Values[position] ?? Number.NaN]));
  };
  const [counts, minima, maxima] = [valuesOf('SampleCount'), valuesOf('Minimum'), valuesOf('Maximum')];
  return [...valuesOf('Sum')].map(([at, value]) => ({
    at,
    value,
    set: {
      count: counts.get(at) ?? 1,
      minimum: minima.get(at) ?? value,
      maximum: maxima.get(at) ?? value,
    },
  }));
}
