import type { Comparison, MetricAlarm } from './alarm.ts';
import { isBreaching, type Point } from './judge-points.ts';

const SIGNS: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

/** Says in one sentence which points decided: `3 of the last 5 points are > 60: 71, 80, -, 12, 90.` */
export function describeJudgement(alarm: MetricAlarm, points: readonly Point[]): string {
  const real = points.filter((point) => point !== undefined);
  const breaching = real.slice(-alarm.evaluationPeriods).filter((point) => isBreaching(point, alarm)).length;
  const shown = points.map((point) => (point === undefined ? '-' : short(point))).join(', ');
  const found = `${breaching} of the last ${alarm.evaluationPeriods} points`;
  const missing =
    real.length < alarm.evaluationPeriods ? `; ${missingAs(alarm, points.length - real.length)}` : '';
  return `${found} are ${SIGNS[alarm.comparison]} ${short(alarm.threshold)}: ${shown}${missing}.`;
}

function missingAs({ missingData }: MetricAlarm, missing: number): string {
  return `${missing} of them without data, treated as ${missingData}`;
}

/** At most three decimals. */
function short(value: number): string {
  return `${Math.round(value * 1_000) / 1_000}`;
}
