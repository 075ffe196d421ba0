import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ProvisionedClusterConfig } from '../config/stage-config.ts';
import type { ClusterMetrics } from './cluster-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { RunbookAlarmProps } from './runbook-alarm.ts';

export interface ClusterAlarmsProps {
  readonly metrics: ClusterMetrics;
  readonly brokers: ProvisionedClusterConfig['brokers']['type'];
  readonly action: IAlarmAction;
  /** What alarm names begin with. */
  readonly prefix: string;
}

type AlarmShape = Omit<RunbookAlarmProps, 'alarmName' | 'action'> & { readonly name: string };

/** The alarms of a cluster that is ours. Express brokers publish neither disk use nor offline partitions. */
export class ClusterAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    const shapes =
      props.brokers === 'standard'
        ? [...ofAll(props.metrics), ...ofStandard(props.metrics)]
        : ofAll(props.metrics);
    for (const { name, ...shape } of shapes) {
      new RunbookAlarm(this, name, {
        ...shape,
        alarmName: `${props.prefix}-cluster-${name}`,
        action: props.action,
      });
    }
  }
}

function ofAll(metrics: ClusterMetrics): readonly AlarmShape[] {
  return [
    {
      name: 'cpu',
      meaning: 'A broker uses more than 60 % of its CPU: too little is left for the loss of another.',
      runbook: 'cluster-cpu',
      metric: metrics.cpuUsedPercent(),
      breach: { above: 60, points: 5, outOf: 5 },
      missingData: TreatMissingData.IGNORE,
    },
    {
      name: 'controller',
      meaning: 'The cluster has no active controller: no partition can get a new leader.',
      runbook: 'cluster-partitions',
      metric: metrics.activeControllers(),
      breach: { below: 1, points: 3, outOf: 5 },
      missingData: TreatMissingData.BREACHING,
    },
  ];
}

function ofStandard(metrics: ClusterMetrics): readonly AlarmShape[] {
  return [
    {
      name: 'disk',
      meaning: 'A broker has used more than 85 % of its disk.',
      runbook: 'cluster-disk',
      metric: metrics.diskUsedPercent(),
      breach: { above: 85, points: 3, outOf: 5 },
      missingData: TreatMissingData.IGNORE,
    },
    {
      name: 'offline-partitions',
      meaning: 'Partitions without a leader can be neither written nor read.',
      runbook: 'cluster-partitions',
      metric: metrics.offlinePartitions(),
      breach: { above: 0, points: 1, outOf: 1 },
      missingData: TreatMissingData.IGNORE,
    },
  ];
}
