import type { StageConfig } from '../config/stage-config.ts';
import type { WatchedCluster } from '../alarms/cluster-alarms.ts';
import { ClusterMetrics } from '../alarms/cluster-metrics.ts';

/** The metrics of the stage's cluster, if it is ours to watch. */
export function watchedCluster(
  { cluster, zones }: StageConfig,
  clusterName: string,
): WatchedCluster | undefined {
  if (cluster.kind === 'existing') return undefined;
  return {
    metrics: new ClusterMetrics(clusterName, cluster.brokersPerZone * zones.length),
    brokers: cluster.brokers,
  };
}
