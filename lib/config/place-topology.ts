import { consumerGroupId, topicName } from '../topology/identifiers.ts';
import type { TopicSpec, Topology } from '../topology/topology-types.ts';
import type { ClusterConfig, ExistingClusterConfig } from './stage-config.ts';

/**
 * Applies a stage's names to the topology. On the stage's own cluster they stay unchanged. On a shared cluster, the
 * stage's prefix separates its topic and groups, and there may be fewer zones for replicas.
 *
 * @throws RangeError when Lambda does not accept a name with its prefix.
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
    // One replica may be unavailable. Otherwise every patched broker would stop the producers.
    minInSyncReplicas: Math.max(1, Math.min(topic.minInSyncReplicas, replicationFactor - 1)),
  };
}
