import * as z from 'zod';
import { StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { Metric } from './metric.ts';

/** What of a line in the embedded metric format is read. */
const line = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().optional() })),
      }),
    ),
  }),
});

const UNITS: ReadonlyMap<string, StandardUnit> = new Map(
  Object.values(StandardUnit).map((unit) => [unit, unit]),
);

/**
 * Reads the metrics that a function writes as a line of its log; none for any other line. A value may be a list, and each set of
 * dimensions is a metric of its own. A value that is no number is no metric.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(text: string): readonly Metric[] {
  if (!text.includes('"_aws"')) return [];
  const { success, data } = line.safeParse(jsonOf(text));
  if (!success) return [];
  const { _aws: metadata } = data;
  return metadata.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(data[name])]));
      return Metrics.flatMap(({ Name, Unit }) =>
        numbersOf(data[Name]).map((value): Metric => ({
          namespace: Namespace,
          name: Name,
          dimensions,
          unit: UNITS.get(Unit ?? '') ?? StandardUnit.None,
          value,
        })),
      );
    }),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function numbersOf(value: unknown): readonly number[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => (typeof one === 'number' && Number.isFinite(one) ? [one] : []));
}
