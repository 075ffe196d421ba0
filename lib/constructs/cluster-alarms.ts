import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ProvisionedClusterConfig } from '../config/stage-config.ts';
import type { ClusterMetrics } from './cluster-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { RunbookAlarmProps } from './runbook-alarm.ts';

/** A cluster that is ours to watch. */
export interface WatchedCluster {
  readonly metrics: ClusterMetrics;
  readonly brokers: ProvisionedClusterConfig['brokers']['type'];
}

export interface ClusterAlarmsProps extends WatchedCluster {
  readonly action: IAlarmAction;
  /** What alarm names begin with. */
  readonly prefix: string;
}

type AlarmShape = Omit<RunbookAlarmProps, 'alarmName' | 'action'> & { readonly name: string };

/**
 * The alarms of a cluster that is ours. Express brokers publish neither disk use nor offline partitions.
 *
 * Each broker has alarms of its own: one over all brokers could read ten metrics at most, and would not say which.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
export class ClusterAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    for (const { name, ...shape } of shapesOf(props)) {
      new RunbookAlarm(this, name, {
        ...shape,
        alarmName: `${props.prefix}-cluster-${name}`,
        action: props.action,
      });
    }
  }
}

function shapesOf({ metrics, brokers }: WatchedCluster): readonly AlarmShape[] {
  const cpu = metrics.brokerIds.map((id) => cpuOf(id, metrics));
  const disks = metrics.brokerIds.map((id) => diskOf(id, metrics));
  return [
    ...cpu,
    controller(metrics),
    ...(brokers === 'standard' ? [...disks, offlinePartitions(metrics)] : []),
  ];
}

function cpuOf(brokerId: number, metrics: ClusterMetrics): AlarmShape {
  return {
    name: `broker-${brokerId}-cpu`,
    meaning: `Broker ${brokerId} uses more than 60 % of its CPU: too little is left for the loss of another.`,
    runbook: 'cluster-cpu',
    metric: metrics.cpuUsedPercent(brokerId),
    breach: { above: 60, points: 5, outOf: 5 },
    missingData: TreatMissingData.IGNORE,
  };
}

function diskOf(brokerId: number, metrics: ClusterMetrics): AlarmShape {
  return {
    name: `broker-${brokerId}-disk`,
    meaning: `Broker ${brokerId} has used more than 85 % of its disk.`,
    runbook: 'cluster-disk',
    metric: metrics.diskUsedPercent(brokerId),
    breach: { above: 85, points: 3, outOf: 5 },
    missingData: TreatMissingData.IGNORE,
  };
}

function controller(metrics: ClusterMetrics): AlarmShape {
  return {
    name: 'controller',
    meaning: 'The cluster has no active controller: no partition can get a new leader.',
    runbook: 'cluster-partitions',
    metric: metrics.activeControllers(),
    breach: { below: 1, points: 3, outOf: 5 },
    missingData: TreatMissingData.BREACHING,
  };
}

function offlinePartitions(metrics: ClusterMetrics): AlarmShape {
  return {
    name: 'offline-partitions',
    meaning: 'Partitions without a leader can be neither written nor read.',
    runbook: 'cluster-partitions',
    metric: metrics.offlinePartitions(),
    breach: { above: 0, points: 1, outOf: 1 },
    missingData: TreatMissingData.IGNORE,
  };
}
