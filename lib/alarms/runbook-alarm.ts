import { CfnResource, Validations } from 'aws-cdk-lib/core';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmBase, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmSpec, Breach, Urgency } from './alarm-spec.ts';

export interface RunbookAlarmProps {
  readonly spec: AlarmSpec;
  readonly alarmName: string;
  readonly action: IAlarmAction;
}

/**
 * An alarm that says what is wrong, what that means and what to do. It acts when somebody is needed, and when that is over; where
 * missing data needs somebody, it counts as breaching, so INSUFFICIENT_DATA needs nobody.
 */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, { spec, alarmName, action }: RunbookAlarmProps) {
    super(scope, id, {
      alarmName,
      alarmDescription: describeAlarm(spec),
      metric: spec.metric,
      ...thresholdOf(spec.breach),
      datapointsToAlarm: spec.breach.points,
      evaluationPeriods: spec.breach.outOf,
      treatMissingData: spec.missingData,
    });
    sayWhy(this, spec);
    if (spec.urgency === 'part') {
      acknowledgeSilence(this);
      return;
    }
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}

function acknowledgeSilence(alarm: Alarm): void {
  const reason =
    'It acts through a composite alarm, as a part of it or as what keeps it quiet: one cause is one page.';
  Validations.of(alarm).acknowledge(
    { id: 'cdk-validator-cfnguard::cloudwatch_alarm_action_check', reason },
    { id: 'NIST.800.53.R5::NIST.800.53.R5-CloudWatchAlarmAction', reason },
  );
}

/** Puts the reason for an alarm's threshold into the template, where reviewers and docs/alarms.md find it. */
export function sayWhy(alarm: AlarmBase, { why }: Pick<AlarmSpec, 'why'>): void {
  const resource = alarm.node.defaultChild;
  if (CfnResource.isCfnResource(resource)) resource.addMetadata('WhyThisThreshold', why);
}

const WORDS: Readonly<Record<Urgency, string>> = { page: 'Page', ticket: 'Ticket', part: 'Part of a page' };

/** The description that goes out with an alarm. */
export function describeAlarm({
  meaning,
  business,
  urgency,
  name,
  runbook = name,
}: Pick<AlarmSpec, 'meaning' | 'business' | 'urgency' | 'name' | 'runbook'>): string {
  return `${WORDS[urgency]}: ${meaning} ${business} Runbook: docs/runbooks/${runbook}.md`;
}

function thresholdOf(breach: Breach): { threshold: number; comparisonOperator: ComparisonOperator } {
  if ('above' in breach)
    return { threshold: breach.above, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD };
  if ('below' in breach)
    return { threshold: breach.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD };
  return {
    threshold: breach.atLeast,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  };
}
