import { Duration } from 'aws-cdk-lib/core';
import { CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarm, IAlarmAction, IAlarmRule } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmSpec } from './alarm-spec.ts';
import { describeAlarm, RunbookAlarm, sayWhy } from './runbook-alarm.ts';

export interface AlarmPlace {
  /** What alarm names begin with. */
  readonly prefix: string;
  readonly action: IAlarmAction;
}

/** Creates alarms from their specs, by the specs' names. */
export function createAlarms(
  scope: Construct,
  specs: readonly AlarmSpec[],
  { prefix, action }: AlarmPlace,
): ReadonlyMap<string, Alarm> {
  return new Map(
    specs.map((spec) => [
      spec.name,
      new RunbookAlarm(scope, spec.name, { spec, alarmName: `${prefix}-${spec.name}`, action }),
    ]),
  );
}

export interface CompositeSpec extends Pick<
  AlarmSpec,
  'name' | 'meaning' | 'business' | 'urgency' | 'why' | 'runbook'
> {
  readonly rule: IAlarmRule;
  readonly suppressor: Alarm;
}

/**
 * An alarm on other alarms, quiet while the suppressor is in ALARM. A minute is what either of the two may be later than the
 * other.
 */
export function createComposite(scope: Construct, spec: CompositeSpec, { prefix, action }: AlarmPlace): void {
  const alarm = new CompositeAlarm(scope, spec.name, {
    compositeAlarmName: `${prefix}-${spec.name}`,
    alarmDescription: describeAlarm(spec),
    alarmRule: spec.rule,
    actionsSuppressor: spec.suppressor,
    actionsSuppressorWaitPeriod: Duration.minutes(1),
    actionsSuppressorExtensionPeriod: Duration.minutes(1),
  });
  sayWhy(alarm, spec);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
}
