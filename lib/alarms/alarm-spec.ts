import type { IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Who an alarm is for. `page` wakes somebody; `ticket` can wait for the morning; `part` acts only as a part of a composite
 * alarm, so that one cause is one page.
 */
export type Urgency = 'page' | 'ticket' | 'part';

/** An alarm before it has a place: what it watches, when it breaches, and what a breach means. */
export interface AlarmSpec {
  /** The last part of its name, and the name of its runbook under docs/runbooks. */
  readonly name: string;
  /** What is wrong when it fires, in one sentence. */
  readonly meaning: string;
  /** What that is for the business, in one sentence. */
  readonly business: string;
  readonly urgency: Urgency;
  /** Why the threshold and the number of points are what they are, in one sentence. */
  readonly why: string;
  readonly metric: IMetric;
  readonly breach: Breach;
  readonly missingData: TreatMissingData;
  /** The runbook where it is not the alarm's own name. */
  readonly runbook?: string;
}

/** When points are bad: `points` of the newest `outOf` periods. */
export type Breach = { readonly points: number; readonly outOf: number } & (
  { readonly above: number } | { readonly atLeast: number } | { readonly below: number }
);

/** Each period by itself. */
export const atOnce = { points: 1, outOf: 1 };

/** Survives a single bad period. */
export const lasting = { points: 3, outOf: 5 };

/**
 * For silence. A deployment or a rebalance may cost three periods. The alarm is late by the periods that CloudWatch reads beyond
 * the newest five, whose number AWS does not publish.
 */
export const silent = { below: 1, points: 4, outOf: 5 };
