import { ensureTopic, kafkaClient, withAdmin } from '@order-events/kafka-tools';
import { planTopic, type TopicSpec } from './topic-plan.ts';

/**
 * Makes a topic on the broker as its resource describes it: creates it when it is missing; else sets its configs and grows
 * its partitions.
 *
 * @throws {Error} when the topic has more partitions than asked for, which Kafka cannot take away.
 */
export async function makeTopicAtBroker(bootstrapServers: string, spec: TopicSpec): Promise<void> {
  const kafka = kafkaClient({ clientId: 'deployment', brokers: bootstrapServers.split(',') });
  await withAdmin(kafka, (admin) => ensureTopic(admin, { topic: spec.topic, ...planTopic(spec) }));
}
