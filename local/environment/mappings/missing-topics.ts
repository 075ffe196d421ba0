import { createTopics, kafkaClient, missingTopics, withAdmin } from '@order-events/kafka-tools';
import type { EventSourceMappingSpec } from '../../event-source-mapping/configuration/event-source-mapping-spec.ts';

export interface MissingTopicsOptions {
  /** Kafka bootstrap servers, comma-joined. */
  readonly bootstrapServers: string;
  /** For a topic whose cluster says nothing. */
  readonly partitions: number;
  /** What a cluster's configuration says, by the cluster's ARN. */
  readonly defaultPartitions: ReadonlyMap<string, number>;
}

/** A topic that somebody has to create. */
export interface WantedTopic {
  readonly topic: string;
  readonly partitions: number;
}

/**
 * Creates the topics that mappings read or send failures to and that the brokers lack.
 *
 * @returns those it created.
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

/** Every topic that mappings name, once; where mappings of two clusters name the same, the first one's cluster counts. */
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
