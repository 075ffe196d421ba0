import type { ProvisionedClusterConfig } from '../config/stage-config.ts';
import type { TopicSpec } from '../topology/topology-types.ts';

/**
 * The cluster configuration as Kafka properties text, with what each broker type accepts.
 *
 * Express brokers fix replication factor (3), minimum in-sync replicas (2) and unclean election themselves and refuse
 * them here.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-only.html
 */
export function brokerProperties(brokers: ProvisionedClusterConfig['brokers'], topic: TopicSpec): string {
  return Object.entries({ ...common, ...(brokers.type === 'standard' ? standardOnly(topic) : {}) })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

const common = { 'auto.create.topics.enable': 'false' };

function standardOnly(topic: TopicSpec): Readonly<Record<string, string>> {
  return {
    'default.replication.factor': `${topic.replicationFactor}`,
    'min.insync.replicas': `${topic.minInSyncReplicas}`,
    'unclean.leader.election.enable': 'false',
    'log.retention.hours': `${topic.retentionHours}`,
    // A group that has stopped keeps its place as long as the records after it exist, and a week more to be repaired.
    'offsets.retention.minutes': `${(topic.retentionHours + 7 * 24) * 60}`,
  };
}
