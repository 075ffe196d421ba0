import { CloudWatchClient, PutMetricDataCommand, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { TimedMetric } from './metric.ts';
import { MINUTE_MS } from './metric-clock.ts';

/** How CloudWatch's API is reached. */
export interface CloudWatchSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The most data that one request takes, and the most different values of one datum. */
const DATA_OF_A_REQUEST = 1_000;
const VALUES_OF_A_DATUM = 150;

/**
 * Stores metrics through CloudWatch's API: requests for each namespace, and in them one datum for the values that a metric has
 * in a minute. CloudWatch itself keeps the namespaces of AWS to its services; a local endpoint takes them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function createCloudWatchSink(
  settings: CloudWatchSettings,
): (metrics: readonly TimedMetric[]) => Promise<void> {
  const client = new CloudWatchClient(settings);
  return async (metrics) => {
    for (const [Namespace, ofNamespace] of Map.groupBy(metrics, ({ namespace }) => namespace)) {
      const data = dataOf(ofNamespace);
      for (let from = 0; from < data.length; from += DATA_OF_A_REQUEST) {
        const MetricData = data.slice(from, from + DATA_OF_A_REQUEST);
        await client.send(new PutMetricDataCommand({ Namespace, MetricData }));
      }
    }
  };
}

/** Data of one namespace. */
export function dataOf(metrics: readonly TimedMetric[]): MetricDatum[] {
  const alike = Map.groupBy(metrics, ({ name, dimensions, unit, at }) =>
    JSON.stringify([name, dimensions, unit, Math.floor(at / MINUTE_MS)]),
  );
  return [...alike.values()].flatMap((ofMinute): MetricDatum[] => {
    const [first] = ofMinute;
    if (first === undefined) return [];
    if (ofMinute.length === 1) return [datumOf(first, { Value: first.value })];
    const counts = [...Map.groupBy(ofMinute, ({ value }) => value)];
    return chunks(counts).map((some) =>
      datumOf(first, {
        Values: some.map(([value]) => value),
        Counts: some.map(([, same]) => same.length),
      }),
    );
  });
}

function datumOf(
  { name, dimensions, unit, at }: TimedMetric,
  values: Pick<MetricDatum, 'Value' | 'Values' | 'Counts'>,
): MetricDatum {
  return {
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Unit: unit,
    Timestamp: new Date(at),
    ...values,
  };
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const parts = Math.ceil(items.length / VALUES_OF_A_DATUM);
  return Array.from({ length: parts }, (_unused, index) =>
    items.slice(index * VALUES_OF_A_DATUM, (index + 1) * VALUES_OF_A_DATUM),
  );
}
