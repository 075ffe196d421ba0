import type { MetricAlarm } from './alarm.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;

/**
 * The end of the newest period that an alarm reads when it is evaluated at `now`; undefined when it is not evaluated in this
 * minute. Alarms are evaluated every minute up to the full minute, those that look back longer than a day every hour up to the
 * full hour.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluatedUpTo(
  { periodSeconds, evaluationPeriods }: Pick<MetricAlarm, 'periodSeconds' | 'evaluationPeriods'>,
  now: number,
): number | undefined {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  if (periodSeconds * evaluationPeriods <= DAY_SECONDS) return minute;
  return minute % HOUR_MS === 0 ? minute : undefined;
}
