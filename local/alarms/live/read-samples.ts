import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { MetricName } from '../alarm.ts';
import type { ReadSamples } from '../read-points.ts';
import type { Sample, SetStatistic } from '../statistic.ts';
import { keyOf, type Wanted } from './wanted.ts';

/** As many as one call takes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const QUERIES_OF_A_CALL = 500;

/** A minute is the shortest period of an alarm on what AWS and functions publish. */
const MINUTE_SECONDS = 60;

/** One statistic of one metric, by epoch milliseconds. */
type Series = ReadonlyMap<number, number>;

/**
 * Reads the minutes of metrics up to but without `to`, from CloudWatch's API. A metric that was not wanted has no values, and a
 * statistic that was not is not a number.
 */
export async function readSamples(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  to: number,
): Promise<ReadSamples> {
  const samples = new Map<string, readonly Sample[]>();
  for (const [from, alike] of Map.groupBy(wanted, (one) => one.from)) {
    const all = await readAll(client, alike, { from, to });
    for (const [index, { metric }] of alike.entries()) {
      samples.set(
        keyOf(metric),
        samplesOf((statistic) => all.get(idOf(index, statistic))),
      );
    }
  }
  return (metric, from, until) =>
    (samples.get(keyOf(metric)) ?? []).filter(({ at }) => at >= from && at < until);
}

/** All series, by the id of their query. */
async function readAll(
  client: CloudWatchClient,
  wanted: readonly Wanted[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<string, Series>> {
  const queries = wanted.flatMap(queriesOf);
  const found: MetricDataResult[] = [];
  for (let first = 0; first < queries.length; first += QUERIES_OF_A_CALL) {
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(from),
        EndTime: new Date(to),
        MetricDataQueries: queries.slice(first, first + QUERIES_OF_A_CALL),
      }),
    );
    found.push(...MetricDataResults);
  }
  return new Map(found.map((result) => [result.Id ?? '', seriesOf(result)]));
}

const queriesOf = ({ metric, statistics }: Wanted, index: number): readonly MetricDataQuery[] =>
  [...statistics].map((Stat) => ({
    Id: idOf(index, Stat),
    MetricStat: { Metric: nameOf(metric), Period: MINUTE_SECONDS, Stat },
  }));

const nameOf = ({ namespace, name, dimensions }: MetricName) => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

const idOf = (index: number, statistic: SetStatistic): string => `m${index}_${statistic}`;

const seriesOf = ({ Timestamps = [], Values = [] }: MetricDataResult): Series =>
  new Map(Timestamps.map((at, position) => [at.getTime(), Values[position] ?? Number.NaN]));

/** Every statistic of a metric has a value at the same minutes: those with any data. */
function samplesOf(read: (statistic: SetStatistic) => Series | undefined): readonly Sample[] {
  const [sums, counts, minima, maxima] = [read('Sum'), read('SampleCount'), read('Minimum'), read('Maximum')];
  return [...(sums ?? counts ?? minima ?? maxima ?? new Map<number, number>()).keys()].map((at) => ({
    at,
    value: valueAt(at, sums),
    set: { count: valueAt(at, counts), minimum: valueAt(at, minima), maximum: valueAt(at, maxima) },
  }));
}

const valueAt = (at: number, series: Series | undefined): number => series?.get(at) ?? Number.NaN;
