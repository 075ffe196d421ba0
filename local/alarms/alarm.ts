/** The states of an alarm, in CloudWatch's words. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What a period without data counts as. */
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** When a point breaches. The comparisons with an anomaly band are left out: no such alarm can be judged without its model. */
export type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

/** Names one metric. Two sets of dimensions are two metrics, even if one holds the other. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One entry of an alarm's `Metrics`: a metric that is read, or an expression over other entries. */
export type MetricQuery =
  | {
      readonly kind: 'metric';
      readonly id: string;
      readonly metric: MetricName;
      readonly statistic: string;
      readonly periodSeconds: number;
    }
  | { readonly kind: 'expression'; readonly id: string; readonly expression: string };

/** An alarm on a metric or on metric math. */
export interface MetricAlarm {
  readonly kind: 'metric';
  readonly name: string;
  /** A metric without metric math is a list of one. */
  readonly queries: readonly MetricQuery[];
  /** The id of the query whose points are judged. */
  readonly judged: string;
  /** The length of a point, in seconds; the same for every metric that the alarm reads. */
  readonly periodSeconds: number;
  readonly comparison: Comparison;
  readonly threshold: number;
  /** M: so many points must breach. */
  readonly datapointsToAlarm: number;
  /** N: of so many. */
  readonly evaluationPeriods: number;
  readonly missingData: MissingData;
}

/** An alarm on the states of other alarms. */
export interface CompositeAlarm {
  readonly kind: 'composite';
  readonly name: string;
  /** In CloudWatch's syntax, such as `ALARM("a") OR ALARM("b")`. */
  readonly rule: string;
  readonly suppressor?: ActionsSuppressor;
}

/** The alarm that keeps a composite alarm's actions back while it is in ALARM. */
export interface ActionsSuppressor {
  readonly alarm: string;
  /** How long actions wait for the suppressor to go into ALARM, in seconds. */
  readonly waitSeconds: number;
  /** How long actions are kept back after the suppressor has left ALARM, in seconds. */
  readonly extensionSeconds: number;
}

export type Alarm = MetricAlarm | CompositeAlarm;
