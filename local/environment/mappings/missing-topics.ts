import { Kafka, logLevel, type Admin } from 'kafkajs';
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
  return withAdmin(bootstrapServers, async (admin) => {
    const present = new Set(await admin.listTopics());
    const missing = topicsOf(specs).filter((topic) => !present.has(topic));
    if (missing.length === 0) return missing;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: 1 })),
    });
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

async function withAdmin<T>(bootstrapServers: string, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({
    clientId: 'local-environment',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { retries: 2 },
  }).admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
