import type { ClusterConfig, ProvisionedClusterConfig } from '../config/stage-config.ts';
import type { TopicSpec } from '../topology/topology-types.ts';

/**
 * Builds the cluster configuration as Kafka properties, with the settings that each broker type accepts.
 *
 * Express brokers fix replication factor (3), minimum in-sync replicas (2) and unclean election themselves and refuse
 * them here.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-only.html
 */
export function brokerProperties(brokers: ProvisionedClusterConfig['brokers'], topic: TopicSpec): string {
  return propertiesText({
    'auto.create.topics.enable': 'false',
    ...(brokers.type === 'standard' ? standardBrokers(topic) : {}),
  });
}

function standardBrokers(topic: TopicSpec): Readonly<Record<string, string>> {
  return {
    'default.replication.factor': `${topic.replicationFactor}`,
    'min.insync.replicas': `${topic.minInSyncReplicas}`,
    'unclean.leader.election.enable': 'false',
    'log.retention.hours': `${topic.retentionHours}`,
    // A stopped group keeps its offsets as long as the records after them exist, and a week longer for repairs.
    'offsets.retention.minutes': `${(topic.retentionHours + 7 * 24) * 60}`,
  };
}

/**
 * Builds the topic's own settings. On the stage's own cluster, the cluster's configuration has the rest. On a cluster
 * that somebody else owns, the topic must have all settings itself. Express brokers fix some.
 */
export function topicSettings(cluster: ClusterConfig, topic: TopicSpec): Readonly<Record<string, string>> {
  return {
    'cleanup.policy': 'delete',
    'max.message.bytes': `${topic.maxMessageBytes}`,
    'retention.ms': `${topic.retentionHours * 3_600_000}`,
    ...(cluster.kind === 'existing' && cluster.brokerType === 'standard'
      ? { 'min.insync.replicas': `${topic.minInSyncReplicas}` }
      : {}),
  };
}

function propertiesText(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
