import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ProvisionedClusterConfig } from '../config/stage-config.ts';
import { atOnce, lasting, type AlarmSpec } from './alarm-spec.ts';
import type { ClusterMetrics } from './cluster-metrics.ts';

/** A cluster that is ours to watch. */
export interface WatchedCluster {
  readonly metrics: ClusterMetrics;
  readonly brokers: ProvisionedClusterConfig['brokers'];
}

const { BREACHING, IGNORE, NOT_BREACHING } = TreatMissingData;
const BYTES_PER_GIBIBYTE = 1_024 ** 3;

/**
 * The alarms of a cluster that is ours, with the thresholds that AWS recommends. Express brokers publish neither disk, heap,
 * replication nor offline partitions; they have limits of their own.
 *
 * Each broker has alarms of its own: one over all brokers could read ten metrics at most, and would not say which.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export function clusterAlarms({ metrics, brokers }: WatchedCluster): readonly AlarmSpec[] {
  const ofBrokers = (alarmsOf: (id: number) => readonly AlarmSpec[]): readonly AlarmSpec[] =>
    metrics.brokerIds.flatMap(alarmsOf);
  return [
    ...ofBrokers((id) => [cpu(id, metrics), connections(id, metrics)]),
    controller(metrics),
    ...(brokers.type === 'standard'
      ? [
          ...ofBrokers((id) => [disk(id, metrics), heap(id, metrics)]),
          ...ofBrokers((id) => replication(id, metrics)),
          offlinePartitions(metrics),
        ]
      : [...ofBrokers((id) => throttles(id, metrics)), storage(metrics, brokers.storageAlarmGibibytes)]),
  ];
}

function cpu(id: number, metrics: ClusterMetrics): AlarmSpec {
  return {
    name: `broker-${id}-cpu`,
    meaning: `Broker ${id} uses more than 60 % of its CPU.`,
    business: 'If another broker fails, the rest may be too slow for the orders.',
    urgency: 'ticket',
    runbook: 'broker-cpu',
    why: 'AWS recommends to stay below 60 %, so that the other brokers can carry the load of one that fails.',
    metric: metrics.cpuUsedPercent(id),
    breach: { above: 60, points: 5, outOf: 5 },
    missingData: IGNORE,
  };
}

function connections(id: number, metrics: ClusterMetrics): AlarmSpec {
  return {
    name: `broker-${id}-connections`,
    meaning: `Broker ${id} refuses connections: more than its limit of new IAM connections arrive in a second.`,
    business: 'Producers cannot send orders, and consumers cannot come back.',
    urgency: 'page',
    runbook: 'broker-connections',
    why: 'Clients retry after a refusal; three of five minutes are a storm of connections.',
    metric: metrics.refusedConnections(id),
    breach: { above: 0, ...lasting },
    missingData: NOT_BREACHING,
  };
}

function disk(id: number, metrics: ClusterMetrics): AlarmSpec {
  return {
    name: `broker-${id}-disk`,
    meaning: `Broker ${id} has used more than 85 % of its disk.`,
    business: 'A full broker stops, and no longer takes its share of the orders.',
    urgency: 'page',
    runbook: 'broker-disk',
    why: 'AWS recommends 85 %, which leaves time to add storage before the disk is full.',
    metric: metrics.diskUsedPercent(id),
    breach: { above: 85, ...lasting },
    missingData: IGNORE,
  };
}

function heap(id: number, metrics: ClusterMetrics): AlarmSpec {
  return {
    name: `broker-${id}-heap`,
    meaning: `Broker ${id} has more than 60 % of its heap in use after garbage collection.`,
    business: 'It will pause and later fail; orders then wait for the other brokers.',
    urgency: 'ticket',
    runbook: 'broker-heap',
    why: 'AWS recommends 60 %; a quarter of an hour is longer than a peak.',
    metric: metrics.heapUsedPercent(id),
    breach: { above: 60, points: 15, outOf: 15 },
    missingData: IGNORE,
  };
}

function replication(id: number, metrics: ClusterMetrics): readonly AlarmSpec[] {
  return [
    {
      name: `broker-${id}-under-replicated`,
      meaning: `Partitions of broker ${id} have had a replica behind for a quarter of an hour.`,
      business: 'Orders are stored with one copy less than promised.',
      urgency: 'ticket',
      runbook: 'broker-under-replicated',
      why: 'A patched broker is back within a quarter of an hour.',
      metric: metrics.underReplicatedPartitions(id),
      breach: { above: 0, points: 15, outOf: 15 },
      missingData: IGNORE,
    },
    {
      name: `broker-${id}-under-min-isr`,
      meaning: `Partitions of broker ${id} have fewer replicas in step than writing needs.`,
      business: 'Producers cannot place orders in these partitions.',
      urgency: 'page',
      runbook: 'broker-under-min-isr',
      why: 'The restart of a broker lasts a moment; a second minute costs orders.',
      metric: metrics.partitionsBelowMinimumInSync(id),
      breach: { atLeast: 1, points: 2, outOf: 3 },
      missingData: IGNORE,
    },
  ];
}

function throttles(id: number, metrics: ClusterMetrics): readonly AlarmSpec[] {
  return [
    {
      name: `broker-${id}-produce-throttle`,
      meaning: `Express broker ${id} slows producers down: they write more than its size allows.`,
      business: 'Placing an order takes longer.',
      urgency: 'ticket',
      runbook: 'broker-throttle',
      why: 'A burst is throttled for a moment; after five minutes the size is too small.',
      metric: metrics.produceThrottleMilliseconds(id),
      breach: { above: 0, points: 5, outOf: 5 },
      missingData: NOT_BREACHING,
    },
    {
      name: `broker-${id}-fetch-throttle`,
      meaning: `Express broker ${id} slows consumers down: they read more than its size allows.`,
      business: 'Orders take effect later.',
      urgency: 'ticket',
      runbook: 'broker-throttle',
      why: 'A consumer that catches up is throttled for a moment; after five minutes the size is too small.',
      metric: metrics.fetchThrottleMilliseconds(id),
      breach: { above: 0, points: 5, outOf: 5 },
      missingData: NOT_BREACHING,
    },
  ];
}

function storage(metrics: ClusterMetrics, gibibytes: number): AlarmSpec {
  return {
    name: 'storage',
    meaning: `The cluster stores more than ${gibibytes} GiB.`,
    business: 'Express brokers cannot fill up, but each byte is charged.',
    urgency: 'ticket',
    runbook: 'cluster-storage',
    why: 'The configuration of the stage says which charge is worth a question.',
    metric: metrics.storageUsedBytes(),
    breach: { above: gibibytes * BYTES_PER_GIBIBYTE, points: 15, outOf: 15 },
    missingData: IGNORE,
  };
}

function controller(metrics: ClusterMetrics): AlarmSpec {
  return {
    name: 'controller',
    meaning: 'The cluster has no active controller: no partition can get a new leader.',
    business: 'Orders stop at the next failure of a broker.',
    urgency: 'page',
    runbook: 'cluster-controller',
    why: 'A new controller is elected within seconds; after five minutes without one somebody has to act.',
    metric: metrics.activeControllers(),
    breach: { below: 1, points: 5, outOf: 5 },
    missingData: BREACHING,
  };
}

function offlinePartitions(metrics: ClusterMetrics): AlarmSpec {
  return {
    name: 'offline-partitions',
    meaning: 'Partitions have no leader: they can be neither written nor read.',
    business: 'Orders of these partitions can be neither placed nor handled.',
    urgency: 'page',
    runbook: 'cluster-offline-partitions',
    why: 'A partition without a leader takes no orders at all, so the first minute counts.',
    metric: metrics.offlinePartitions(),
    breach: { above: 0, ...atOnce },
    missingData: IGNORE,
  };
}
