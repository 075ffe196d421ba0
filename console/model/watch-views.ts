/** An alarm as CloudWatch's API describes it. */
export interface AlarmView {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** ISO 8601; absent when the API does not say. */
  readonly since?: string;
  /** What decided, in words. */
  readonly reason: string;
  /** The points that decided, the oldest first; empty where the API has none. */
  readonly points: readonly number[];
}

/** A change of an alarm's state. */
export interface AlarmChangeView {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export interface AlarmsView {
  /** Those in ALARM first, then in alphabetical order. */
  readonly alarms: readonly AlarmView[];
  /** The newest first. */
  readonly changes: readonly AlarmChangeView[];
  /** Why they could not be read; what is shown is older then. */
  readonly problem?: string;
}

/** One thing that a check of the doctor has found. */
export interface FindingView {
  readonly check: string;
  /** Why it matters. */
  readonly matters: string;
  /** The consumer group that it is about. */
  readonly group?: string;
  readonly evidence: string;
  readonly todo: string;
}
