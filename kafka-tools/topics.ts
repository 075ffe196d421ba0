import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';

/** A topic to create. */
export interface Topic {
  readonly topic: string;
  readonly partitions: number;
  /** Kafka's own names and values, such as `retention.ms`. */
  readonly configs?: Readonly<Record<string, string>>;
}

/** The replication factor on the single local broker; a cluster's topics come from its own template. */
const REPLICAS = 1;
const LEADERS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;
/** The errors of Kafka's protocol for a topic that is being created. */
const NOT_YET: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/**
 * Creates topics and waits until each partition has a leader. @returns false when they all exist already.
 *
 * @throws the client's error, also when a new topic has no leaders after ten seconds.
 */
export async function createTopics(
  admin: Pick<Admin, 'createTopics' | 'fetchTopicMetadata'>,
  topics: readonly Topic[],
): Promise<boolean> {
  const isNew = await admin.createTopics({
    // The client waits for leaders, but not for a broker that has not yet heard of the topic from the controller.
    waitForLeaders: false,
    topics: topics.map(({ topic, partitions, configs = {} }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: REPLICAS,
      configEntries: configEntries(configs),
    })),
  });
  await haveLeaders(
    admin,
    topics.map(({ topic }) => topic),
  );
  return isNew;
}

async function haveLeaders(admin: Pick<Admin, 'fetchTopicMetadata'>, topics: string[]): Promise<void> {
  const deadline = performance.now() + LEADERS_WITHIN_MS;
  while (true) {
    try {
      await admin.fetchTopicMetadata({ topics });
      return;
    } catch (error) {
      if (!isNotYetKnown(error) || performance.now() > deadline) throw error;
    }
    await delay(LOOK_EVERY_MS);
  }
}

function isNotYetKnown(error: unknown): boolean {
  // The client may have retried already.
  const cause = error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded ? error.cause : error;
  return cause instanceof kafkajs.KafkaJSProtocolError && NOT_YET.has(cause.type);
}

/** Lists the topics that the brokers do not have. */
export async function missingTopics(admin: Admin, topics: readonly string[]): Promise<readonly string[]> {
  const present = new Set(await admin.listTopics());
  return topics.filter((topic) => !present.has(topic));
}

/** Reads the number of partitions of a topic. @throws the client's error when the topic does not exist. */
export async function partitionCount(admin: Admin, topic: string): Promise<number> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
}

/** Reads the end of each partition, which is the offset of its next record. @throws as `partitionCount`. */
export async function topicEnds(admin: Admin, topic: string): Promise<ReadonlyMap<number, number>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
}

/** Increases the number of partitions of a topic. @throws the client's error when it already has as many or more. */
export async function addPartitions(admin: Admin, topic: string, count: number): Promise<void> {
  await admin.createPartitions({ topicPartitions: [{ topic, count }] });
}

/** A topic as the brokers describe it. */
export interface TopicDescription {
  readonly partitions: number;
  /** The number of replicas of the partition that has the fewest. */
  readonly replicas: number;
  /** By Kafka's own names. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Reads the effective settings of a topic, from whatever source. @throws the client's error when the topic does not
 * exist.
 */
export async function describeTopic(admin: Admin, topic: string): Promise<TopicDescription> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = topics.flatMap((one) => one.partitions);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
  });
  const entries = resources.flatMap(({ configEntries: ofTopic }) => ofTopic);
  return {
    partitions: partitions.length,
    replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    settings: Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue])),
  };
}

/**
 * Creates a topic as described, or updates an existing one: sets its configs and adds partitions.
 *
 * @throws {Error} when the topic has more partitions than requested, because Kafka cannot remove partitions.
 */
export async function ensureTopic(admin: Admin, wanted: Topic): Promise<void> {
  const created = await createTopics(admin, [wanted]);
  if (!created) await updateTopic(admin, wanted);
}

async function updateTopic(admin: Admin, { topic, partitions, configs = {} }: Topic): Promise<void> {
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: configEntries(configs),
      },
    ],
  });
  const present = await partitionCount(admin, topic);
  if (present > partitions)
    throw new Error(
      `topic ${topic} has ${present} partitions and cannot shrink to ${partitions}: ask for at least ${present}, or begin with an empty broker`,
    );
  if (present < partitions) await addPartitions(admin, topic, partitions);
}

const configEntries = (configs: Readonly<Record<string, string>>): { name: string; value: string }[] =>
  Object.entries(configs).map(([name, value]) => ({ name, value }));
