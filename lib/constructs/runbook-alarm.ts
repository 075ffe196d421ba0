import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarmAction, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface RunbookAlarmProps {
  readonly alarmName: string;
  /** What is wrong when it fires, in one sentence. */
  readonly meaning: string;
  /** The file under docs/runbooks, without its ending. */
  readonly runbook: string;
  readonly metric: IMetric;
  readonly breach: Breach;
  readonly missingData: TreatMissingData;
  readonly action: IAlarmAction;
}

/** When points are bad: `points` of the newest `outOf` minutes. */
export type Breach = { readonly points: number; readonly outOf: number } & (
  { readonly above: number } | { readonly below: number }
);

/** An alarm that says what to do and tells of all three states, so that silence never means two things. */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const { breach } = props;
    super(scope, id, {
      alarmName: props.alarmName,
      alarmDescription: `${props.meaning} Runbook: docs/runbooks/${props.runbook}.md`,
      metric: props.metric,
      threshold: 'above' in breach ? breach.above : breach.below,
      comparisonOperator:
        'above' in breach
          ? ComparisonOperator.GREATER_THAN_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      datapointsToAlarm: breach.points,
      evaluationPeriods: breach.outOf,
      treatMissingData: props.missingData,
    });
    this.addAlarmAction(props.action);
    this.addOkAction(props.action);
    this.addInsufficientDataAction(props.action);
  }
}
