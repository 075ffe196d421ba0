import type { AlarmReport } from '../evaluator.ts';
import type { AlarmState } from '../alarm.ts';
import type { ResolvedResource } from '../read-alarms.ts';
import { Properties } from '../properties.ts';

/** The actions of an alarm for a state: ARNs, such as those of topics. */
export function actionsFor(
  state: AlarmState,
  { logicalId, properties }: ResolvedResource,
): readonly string[] {
  const read = new Properties(logicalId, properties);
  if (read.value('ActionsEnabled') === false) return [];
  const actions = read.value(LISTS[state]);
  return Array.isArray(actions) ? actions.map(String) : [];
}

const LISTS: Readonly<Record<AlarmState, string>> = {
  ALARM: 'AlarmActions',
  OK: 'OKActions',
  INSUFFICIENT_DATA: 'InsufficientDataActions',
};

/** The notification of an alarm for SNS. */
export interface Notification {
  readonly subject: string;
  /** JSON, in CloudWatch's form. */
  readonly message: string;
}

export function notificationOf(
  { alarm, state, reason }: AlarmReport,
  { properties, region, at }: { readonly properties: unknown; readonly region: string; readonly at: number },
): Notification {
  const read = new Properties(alarm, properties);
  return {
    subject: `${state}: "${alarm}" in ${region}`.slice(0, LONGEST_SUBJECT),
    message: JSON.stringify({
      AlarmName: alarm,
      AlarmDescription: read.value('AlarmDescription') ?? null,
      AlarmRule: read.value('AlarmRule'),
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: new Date(at).toISOString(),
      Region: region,
    }),
  };
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const LONGEST_SUBJECT = 100;
