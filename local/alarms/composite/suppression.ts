import type { ActionsSuppressor, AlarmState } from '../alarm.ts';

/** Since when an alarm has been in its state, in epoch milliseconds. */
export interface StateSince {
  readonly state: AlarmState;
  readonly since: number;
}

/** Why a composite alarm's actions are kept back, in CloudWatch's words. */
export type SuppressedBy = 'WaitPeriod' | 'ExtensionPeriod' | 'Alarm';

/**
 * Tells what keeps the actions of a composite alarm back at `now`; undefined when they are carried out. They wait for the
 * suppressor for the wait period after the composite alarm has changed, and for the extension period after the suppressor has
 * left ALARM.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
export function suppressedBy(
  composite: StateSince,
  suppressor: StateSince & { readonly wasAlarm: boolean },
  { waitSeconds, extensionSeconds }: Omit<ActionsSuppressor, 'alarm'>,
  now: number,
): SuppressedBy | undefined {
  if (suppressor.state === 'ALARM') return 'Alarm';
  if (suppressor.wasAlarm && now - suppressor.since < extensionSeconds * 1_000) return 'ExtensionPeriod';
  return now - composite.since < waitSeconds * 1_000 ? 'WaitPeriod' : undefined;
}
