import type { StandardUnit } from '@aws-sdk/client-cloudwatch';

/** One value of a CloudWatch metric. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: StandardUnit;
  readonly value: number;
}

/** A value, and when it was: epoch milliseconds of the metrics' clock. */
export interface TimedMetric extends Metric {
  readonly at: number;
}
