import { consumerGroupId, topicName } from '../topology/identifiers.ts';
import type { TopicSpec, Topology } from '../topology/topology-types.ts';
import type { ClusterConfig, ExistingClusterConfig } from './stage-config.ts';

/**
 * The topology under the names that it has on a stage's cluster. On a cluster of ours they are as written; on one that
 * others use, the stage's prefix keeps its topic and groups apart, and it may have fewer zones for replicas.
 *
 * @throws RangeError when a name with its prefix is none that Lambda accepts.
 */
export function placeTopology(topology: Topology, cluster: ClusterConfig): Topology {
  if (cluster.kind === 'provisioned') return topology;
  return {
    topic: placeTopic(topology.topic, cluster),
    consumers: topology.consumers.map((consumer) => ({
      ...consumer,
      consumerGroupId: consumerGroupId(`${cluster.prefix}${consumer.consumerGroupId}`),
    })),
  };
}

function placeTopic(topic: TopicSpec, cluster: ExistingClusterConfig): TopicSpec {
  const replicationFactor = cluster.replicationFactor ?? topic.replicationFactor;
  return {
    ...topic,
    name: topicName(cluster.topic ?? `${cluster.prefix}${topic.name}`),
    replicationFactor,
    // One replica may be away, or every broker that is patched would stop the producers.
    minInSyncReplicas: Math.max(1, Math.min(topic.minInSyncReplicas, replicationFactor - 1)),
  };
}
