import type { Finding, Guard, PartitionStep } from '../guard.ts';
import type { TopicFacts } from '../topic-facts.ts';

export const partitionCount: Guard = {
  id: 'partition-count',
  rule: 'A topic never loses partitions, and gains them by a written migration.',
  check: ({ topics }, { partitionHistory = {} }) =>
    topics.flatMap((topic) => {
      const history = topic.name === undefined ? undefined : partitionHistory[topic.name];
      return history === undefined ? [] : findings(topic, history);
    }),
};

function findings(topic: TopicFacts, history: readonly PartitionStep[]): readonly Finding[] {
  const last = history.at(-1)?.partitions;
  if (topic.partitions === undefined || last === undefined) return [];
  if (topic.partitions < last) {
    return [
      finding(
        topic,
        `is ${topic.partitions}, but the topic has ${last}: Kafka cannot remove partitions`,
        'Create a new topic with fewer partitions and move the consumers.',
      ),
    ];
  }
  const unwritten = topic.partitions > last || history.slice(1).some((step) => !step.migration?.trim());
  return unwritten
    ? [
        finding(
          topic,
          `is ${topic.partitions} after ${history.map((step) => step.partitions).join(', ')}: keys move to other partitions, so order is lost across the change`,
          'Write down how order is kept meanwhile and add the step, with its document, to the partition history.',
        ),
      ]
    : [];
}

function finding({ resource }: TopicFacts, problem: string, fix: string): Finding {
  return { resource, property: 'PartitionCount', problem, fix };
}
