import { createTopics, kafkaClient, missingTopics, withAdmin } from '@order-events/kafka-tools';
import type { EventSourceMappingSpec } from '../../event-source-mapping/configuration/event-source-mapping-spec.ts';

export interface MissingTopicsOptions {
  /** Kafka bootstrap servers, comma-joined. */
  readonly bootstrapServers: string;
  /** The partition count of a topic whose cluster does not set one. */
  readonly partitions: number;
  /** The partition counts from the clusters' configurations, by the cluster's ARN. */
  readonly defaultPartitions: ReadonlyMap<string, number>;
}

/** A topic to create. */
export interface WantedTopic {
  readonly topic: string;
  readonly partitions: number;
}

/**
 * Creates the missing topics that mappings read or send failures to.
 *
 * @returns the created topics.
 */
export async function createMissingTopics(
  specs: readonly EventSourceMappingSpec[],
  options: MissingTopicsOptions,
): Promise<readonly WantedTopic[]> {
  const kafka = kafkaClient({
    clientId: 'local-environment',
    brokers: options.bootstrapServers.split(','),
    retry: { retries: 2 },
  });
  const wanted = wantedTopics(specs, options);
  return withAdmin(kafka, async (admin) => {
    const names = new Set(
      await missingTopics(
        admin,
        wanted.map(({ topic }) => topic),
      ),
    );
    const missing = wanted.filter(({ topic }) => names.has(topic));
    if (missing.length > 0) await createTopics(admin, missing);
    return missing;
  });
}

/**
 * Lists every topic that mappings name, once. When mappings of two clusters name the same topic, the first one's
 * cluster counts.
 */
export function wantedTopics(
  specs: readonly EventSourceMappingSpec[],
  { partitions, defaultPartitions }: Omit<MissingTopicsOptions, 'bootstrapServers'>,
): readonly WantedTopic[] {
  const wanted = new Map<string, WantedTopic>();
  for (const { source, topic: read, onFailure } of specs) {
    const ofCluster = source.kind === 'managed' ? defaultPartitions.get(source.eventSourceArn) : undefined;
    for (const topic of [read, ...(onFailure?.kind === 'kafka' ? [onFailure.topic] : [])]) {
      if (!wanted.has(topic)) wanted.set(topic, { topic, partitions: ofCluster ?? partitions });
    }
  }
  return [...wanted.values()];
}
