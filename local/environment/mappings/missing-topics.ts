import { createTopics, kafkaClient, missingTopics, withAdmin } from '@order-events/kafka-tools';
import type { EventSourceMappingSpec } from '../../event-source-mapping/configuration/event-source-mapping-spec.ts';

export interface MissingTopicsOptions {
  /** Kafka bootstrap servers, comma-joined. */
  readonly bootstrapServers: string;
  /** For each topic that is created. */
  readonly partitions: number;
}

/**
 * Creates the topics that mappings read or send failures to and that the brokers lack.
 *
 * @returns the names of those it created.
 */
export async function createMissingTopics(
  specs: readonly EventSourceMappingSpec[],
  { bootstrapServers, partitions }: MissingTopicsOptions,
): Promise<readonly string[]> {
  const kafka = kafkaClient({
    clientId: 'local-environment',
    brokers: bootstrapServers.split(','),
    retry: { retries: 2 },
  });
  return withAdmin(kafka, async (admin) => {
    const missing = await missingTopics(admin, topicsOf(specs));
    if (missing.length > 0)
      await createTopics(
        admin,
        missing.map((topic) => ({ topic, partitions })),
      );
    return missing;
  });
}

function topicsOf(specs: readonly EventSourceMappingSpec[]): readonly string[] {
  const topics = specs.flatMap(({ topic, onFailure }) => [
    topic,
    ...(onFailure?.kind === 'kafka' ? [onFailure.topic] : []),
  ]);
  return [...new Set(topics)];
}
