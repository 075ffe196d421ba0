import type { PartitionCount, TopicSpec } from './topology-types.ts';

/** What is wrong with a topic's partition count, judged by the counts it had before. */
export function partitionHistoryProblems(
  topic: Pick<TopicSpec, 'partitions' | 'partitionHistory'>,
): readonly string[] {
  const [first] = topic.partitionHistory;
  const last = topic.partitionHistory.at(-1);
  if (first?.kind !== 'created' || last === undefined) {
    return [`topic.partitionHistory must begin with an entry of kind "created".`];
  }
  return [...topic.partitionHistory.flatMap(stepProblems), ...currentCountProblems(topic.partitions, last)];
}

function stepProblems(
  step: PartitionCount,
  index: number,
  history: readonly PartitionCount[],
): readonly string[] {
  const before = history[index - 1];
  if (before === undefined) return [];
  if (step.kind === 'created') return [`topic.partitionHistory has a second entry of kind "created".`];
  return [
    ...(step.partitions > before.partitions ? [] : [shrinks(before.partitions, step.partitions)]),
    ...(step.migration.trim() === ''
      ? [
          `topic.partitionHistory grows to ${step.partitions} without a migration; name the document that has it.`,
        ]
      : []),
  ];
}

function currentCountProblems(partitions: number, last: PartitionCount): readonly string[] {
  if (partitions === last.partitions) return [];
  return partitions < last.partitions
    ? [shrinks(last.partitions, partitions)]
    : [
        `topic.partitions is ${partitions}, but its history ends at ${last.partitions}: growing re-maps keys. ` +
          `Write the migration down and add it to topic.partitionHistory.`,
      ];
}

function shrinks(from: number, to: number): string {
  return `topic.partitions goes from ${from} to ${to}: Kafka cannot remove partitions. Create a new topic instead.`;
}
