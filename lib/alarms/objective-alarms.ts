import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceObjective } from '../config/stage-config.ts';
import type { AlarmSpec } from './alarm-spec.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';

/** How fast the error budget burns: 1 uses up exactly the budget of the objective's month. */
interface Window {
  readonly name: string;
  readonly words: string;
  readonly burn: number;
  readonly period: Duration;
  /** Periods that are summed up; one unless the window is longer than a day. */
  readonly periods: number;
}

const HOURS_OF_MONTH = 30 * 24;

/**
 * Two windows must burn at the same time: the long one shows that it matters, the short one that it continues.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
const WINDOWS = {
  hour: { name: 'budget-hour', words: 'an hour', burn: 14.4, period: Duration.hours(1), periods: 1 },
  fiveMinutes: {
    name: 'budget-five-minutes',
    words: 'five minutes',
    burn: 14.4,
    period: Duration.minutes(5),
    periods: 1,
  },
  sixHours: { name: 'budget-six-hours', words: 'six hours', burn: 6, period: Duration.hours(6), periods: 1 },
  halfHour: {
    name: 'budget-half-hour',
    words: 'half an hour',
    burn: 6,
    period: Duration.minutes(30),
    periods: 1,
  },
  // 72 hours are 259,200 s: CloudWatch looks back 604,800 s at the most.
  threeDays: {
    name: 'budget-three-days',
    words: 'three days',
    burn: 1,
    period: Duration.hours(1),
    periods: 72,
  },
  slowSixHours: {
    name: 'budget-six-hours-slow',
    words: 'six hours',
    burn: 1,
    period: Duration.hours(6),
    periods: 1,
  },
} as const satisfies Readonly<Record<string, Window>>;

export interface WatchedObjective {
  readonly objective: ServiceObjective;
  readonly consumers: readonly ConsumerMetrics[];
}

/** The parts of the alarms on the service's objective, by name. */
export function objectiveAlarms(watched: WatchedObjective): readonly AlarmSpec[] {
  return [...Object.values(WINDOWS).map((window) => windowAlarm(window, watched)), lateNow(watched)];
}

/**
 * What pages or makes a ticket, by the parts that must burn together. A page needs orders that are late right now, too: when a
 * burst has been drained, it cannot be fixed any more.
 */
export const OBJECTIVE_COMPOSITES = [
  {
    name: 'budget-burns-fast',
    meaning: 'Late orders will use up the error budget of the month in two days.',
    business: 'Customers already notice that orders take long.',
    urgency: 'page',
    why: 'The long window shows that it matters, the short one that it continues, and late orders that it can still be fixed.',
    parts: ['budget-hour', 'budget-five-minutes', 'late-orders'],
  },
  {
    name: 'budget-burns',
    meaning: 'Late orders will use up the error budget of the month in five days.',
    business: 'Customers notice that orders take long.',
    urgency: 'page',
    why: 'The long window shows that it matters, the short one that it continues, and late orders that it can still be fixed.',
    parts: ['budget-six-hours', 'budget-half-hour', 'late-orders'],
  },
  {
    name: 'budget-leaks',
    meaning: 'Orders are late more often than the objective allows.',
    business: 'The promise to customers will be broken this month.',
    urgency: 'ticket',
    why: 'The long window shows that it matters, and the short one that it continues.',
    parts: ['budget-three-days', 'budget-six-hours-slow'],
  },
] as const;

function windowAlarm(window: Window, { objective, consumers }: WatchedObjective): AlarmSpec {
  const allowed = 1 - objective.share;
  return {
    name: window.name,
    meaning: `Of ${window.words}, more than ${percent(window.burn * allowed)} % of a consumer's orders took longer than ${objective.withinSeconds} s.`,
    business: 'The error budget burns.',
    urgency: 'part',
    runbook: 'error-budget',
    why: `At ${window.burn} times the allowed share the window uses up ${budgetUsed(window)} % of the month's error budget.`,
    metric: worstShareOfLate(window, { objective, consumers }),
    breach: { above: window.burn * allowed, points: 1, outOf: window.periods },
    missingData: TreatMissingData.NOT_BREACHING,
  };
}

/** The share of a month's error budget that a window uses up at its burn rate, in percent. */
function budgetUsed({ burn, period, periods }: Window): number {
  const hours = (period.toMinutes() * periods) / 60;
  return percent((burn * hours) / HOURS_OF_MONTH);
}

function percent(share: number): number {
  return Math.round(share * 100_000) / 1_000;
}

/** The share of late orders of the consumer that has the largest. A few late ones of few are no sign of anything. */
function worstShareOfLate({ period, periods }: Window, { objective, consumers }: WatchedObjective): IMetric {
  const { fewestLate } = objective;
  const share = (late: string, good: string): string =>
    `IF(${late} >= ${fewestLate}, ${late} / (${late} + ${good}), 0)`;
  const shares = consumers.map((_consumer, index) => {
    const [late, good] = [`late${index}`, `good${index}`];
    // Over several periods every point is the share of all of them, where there are orders at all.
    return periods === 1
      ? share(late, good)
      : `IF(${late} >= 0, ${share(`SUM(${late})`, `SUM(${good})`)}, 0)`;
  });
  return new MathExpression({
    label: 'Late orders of the worst consumer (share)',
    expression: `MAX([${shares.join(', ')}])`,
    usingMetrics: Object.fromEntries(
      consumers.flatMap((consumer, index) => [
        [`late${index}`, consumer.effectsLate(period)],
        [`good${index}`, consumer.effectsInTime(period)],
      ]),
    ),
    period,
  });
}

function lateNow({ objective, consumers }: WatchedObjective): AlarmSpec {
  const ids = consumers.map((_consumer, index) => `age${index}`);
  return {
    name: 'late-orders',
    meaning: `An order has waited for more than ${objective.withinSeconds} s in each of the last five minutes.`,
    business: 'Orders are late now.',
    urgency: 'part',
    runbook: 'error-budget',
    why: 'A burst that has drained cannot be fixed any more; only orders that are late now page somebody.',
    metric: new MathExpression({
      label: 'Age of the oldest order that waits (s)',
      expression: `MAX([${ids.join(', ')}])`,
      usingMetrics: Object.fromEntries(
        consumers.map((consumer, index) => [`age${index}`, consumer.recordAgeSeconds()]),
      ),
      period: Duration.minutes(1),
    }),
    breach: { above: objective.withinSeconds, points: 5, outOf: 5 },
    missingData: TreatMissingData.NOT_BREACHING,
  };
}
