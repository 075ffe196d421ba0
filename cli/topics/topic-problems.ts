import type { TopicDescription } from '@order-events/kafka-tools';
import type { TopicSpec } from '../../lib/topology/topology-types.ts';

/** The required settings of the topic, and its place. */
export interface ExpectedTopic {
  readonly partitions: number;
  /** Fewest and most copies of a partition. */
  readonly replicas: { readonly minimum: number; readonly maximum: number };
  /** Set on the topic itself. */
  readonly settings: Readonly<Record<string, string>>;
  /** Copies that must have a record, if there are as many besides one; a cluster can set it for every topic. */
  readonly minInSyncReplicas: number;
}

/** Two, the fewest that a stage may ask for on a cluster with brokers in two zones. */
const LEAST_REPLICAS = 2;

/** @param where on this machine there is one broker, so one copy of each record. */
export function expectedTopic(spec: TopicSpec, where: 'local' | 'aws'): ExpectedTopic {
  return {
    partitions: spec.partitions,
    replicas:
      where === 'local'
        ? { minimum: 1, maximum: 1 }
        : { minimum: LEAST_REPLICAS, maximum: spec.replicationFactor },
    settings: {
      'cleanup.policy': 'delete',
      'max.message.bytes': `${spec.maxMessageBytes}`,
      'retention.ms': `${spec.retentionHours * 3_600_000}`,
    },
    minInSyncReplicas: spec.minInSyncReplicas,
  };
}

/** Lists the differences of a topic from its required settings, a sentence each. */
export function topicProblems(expected: ExpectedTopic, topic: TopicDescription): readonly string[] {
  const { minimum, maximum } = expected.replicas;
  return [
    ...(topic.partitions === expected.partitions
      ? []
      : [`partitions: ${topic.partitions} instead of ${expected.partitions}`]),
    ...(topic.replicas >= minimum && topic.replicas <= maximum
      ? []
      : [
          `replicas: ${topic.replicas} instead of ${minimum === maximum ? minimum : `${minimum} to ${maximum}`}`,
        ]),
    ...Object.entries(expected.settings).flatMap(([name, value]) =>
      settingProblems(name, value, topic.settings[name] ?? 'nothing'),
    ),
    ...inSyncProblems(expected, topic),
  ];
}

/** One replica may be away. What the MSK API leaves out is the cluster's. */
function inSyncProblems(
  { minInSyncReplicas }: ExpectedTopic,
  { replicas, settings }: TopicDescription,
): readonly string[] {
  const name = 'min.insync.replicas';
  const wanted = `${Math.max(1, Math.min(minInSyncReplicas, replicas - 1))}`;
  return settingProblems(name, wanted, settings[name] ?? wanted);
}

function settingProblems(name: string, wanted: string, found: string): readonly string[] {
  return found === wanted ? [] : [`${name}: ${found} instead of ${wanted}`];
}
