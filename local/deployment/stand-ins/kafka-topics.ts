import { ensureTopic, kafkaClient, withAdmin } from '@order-events/kafka-tools';
import { planTopic, type TopicSpec } from './topic-plan.ts';

/**
 * Creates a topic on the broker as its resource describes it, or updates an existing one: sets its configs and adds
 * partitions.
 *
 * @throws {Error} when the topic has more partitions than the resource says, because Kafka cannot remove partitions.
 */
export async function makeTopicAtBroker(bootstrapServers: string, spec: TopicSpec): Promise<void> {
  const kafka = kafkaClient({ clientId: 'deployment', brokers: bootstrapServers.split(',') });
  await withAdmin(kafka, (admin) => ensureTopic(admin, { topic: spec.topic, ...planTopic(spec) }));
}
