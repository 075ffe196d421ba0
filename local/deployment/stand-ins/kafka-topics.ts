import kafkajs, { Kafka, logLevel, type Admin } from 'kafkajs';

import { planTopic, type TopicSpec } from './topic-plan.ts';

/**
 * Makes a topic on the broker as its resource describes it: created when missing; else its configs are set, and its
 * partitions are grown.
 *
 * @throws Error when the topic has more partitions than asked for, which Kafka cannot take away
 */
export async function ensureTopic(bootstrapServers: string, spec: TopicSpec): Promise<void> {
  const admin = new Kafka({
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  try {
    const { partitions, configs } = planTopic(spec);
    const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
    const created = await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: spec.topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
    });
    if (!created) await updateTopic(admin, { topic: spec.topic, partitions, configEntries });
  } finally {
    await admin.disconnect();
  }
}

interface TopicUpdate {
  readonly topic: string;
  readonly partitions: number;
  readonly configEntries: { name: string; value: string }[];
}

async function updateTopic(admin: Admin, { topic, partitions, configEntries }: TopicUpdate): Promise<void> {
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }],
  });
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const present = topics[0]?.partitions.length ?? 0;
  if (present > partitions)
    throw new Error(
      `topic ${topic} has ${present} partitions and cannot shrink to ${partitions}: ask for at least ${present}, or begin with an empty broker`,
    );
  if (present < partitions) await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] });
}
