import {
  GetMetricDataCommand,
  paginateDescribeAlarms,
  type CloudWatchClient,
  type Dimension,
  type Metric,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { MetricId } from './healthy-metrics.ts';

const PERIOD_SECONDS = 60;
const WINDOW_MS = 15 * 60_000;
/** As many as one call takes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const METRICS_A_CALL = 500;

/** Reads the metrics of the alarms whose names begin with a prefix. */
export async function readAlarmedMetrics(
  client: CloudWatchClient,
  namePrefix: string,
): Promise<readonly MetricId[]> {
  const metrics: MetricId[] = [];
  const pages = paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: namePrefix, AlarmTypes: ['MetricAlarm'] },
  );
  for await (const { MetricAlarms = [] } of pages) metrics.push(...MetricAlarms.flatMap(metricsOf));
  return metrics;
}

/** An alarm on an expression has its metrics in a list. */
function metricsOf({ Namespace, MetricName, Dimensions, Metrics = [] }: MetricAlarm): readonly MetricId[] {
  const inList = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return [...(MetricName === undefined ? [] : [{ Namespace, MetricName, Dimensions }]), ...inList].map(
    metricId,
  );
}

function metricId({ Namespace = '', MetricName = '', Dimensions = [] }: Metric): MetricId {
  return { namespace: Namespace, name: MetricName, dimensions: byName(Dimensions) };
}

function byName(dimensions: readonly Dimension[]): Readonly<Record<string, string>> {
  return Object.fromEntries(dimensions.map(({ Name = '', Value = '' }) => [Name, Value]));
}

/** Lists the metrics without a value in the last quarter of an hour. */
export async function metricsWithoutValues(
  client: CloudWatchClient,
  metrics: readonly MetricId[],
  now: Date,
): Promise<readonly MetricId[]> {
  if (metrics.length === 0) return [];
  const asked = metrics.slice(0, METRICS_A_CALL);
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - WINDOW_MS),
      // The minute that is running belongs to it.
      EndTime: new Date(now.getTime() + PERIOD_SECONDS * 1_000),
      MetricDataQueries: asked.map((metric, index) => ({
        Id: `m${index}`,
        MetricStat: { Metric: sdkMetric(metric), Period: PERIOD_SECONDS, Stat: 'SampleCount' },
      })),
    }),
  );
  const there = new Set(MetricDataResults.filter(({ Values = [] }) => Values.length > 0).map(({ Id }) => Id));
  const missing = asked.filter((_metric, index) => !there.has(`m${index}`));
  return [...missing, ...(await metricsWithoutValues(client, metrics.slice(METRICS_A_CALL), now))];
}

function sdkMetric({ namespace, name, dimensions }: MetricId): Metric {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
