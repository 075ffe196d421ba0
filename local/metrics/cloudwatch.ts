import { CloudWatchClient, PutMetricDataCommand, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Metric } from './metric.ts';

/** How CloudWatch's API is reached. */
export interface CloudWatchSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The most values that one request takes. */
const VALUES_OF_A_REQUEST = 1_000;

/**
 * Stores metrics through CloudWatch's API, one request for each namespace and thousand values. CloudWatch itself keeps
 * the namespaces of AWS to its services; a local endpoint takes them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export function createCloudWatchSink(
  settings: CloudWatchSettings,
): (metrics: readonly Metric[], now: number) => Promise<void> {
  const client = new CloudWatchClient(settings);
  return async (metrics, now) => {
    for (const [Namespace, ofNamespace] of Map.groupBy(metrics, ({ namespace }) => namespace)) {
      for (let from = 0; from < ofNamespace.length; from += VALUES_OF_A_REQUEST) {
        const MetricData = ofNamespace
          .slice(from, from + VALUES_OF_A_REQUEST)
          .map((metric) => toDatum(metric, now));
        await client.send(new PutMetricDataCommand({ Namespace, MetricData }));
      }
    }
  };
}

function toDatum({ name, dimensions, unit, value }: Metric, now: number): MetricDatum {
  return {
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Unit: unit,
    Value: value,
    Timestamp: new Date(now),
  };
}
