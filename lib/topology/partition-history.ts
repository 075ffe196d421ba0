import { countProblems, NO_FEWER_PARTITIONS, percentText, type CountProblem } from './partition-growth.ts';
import type { TopicSpec } from './topology-types.ts';

/** What is wrong with a topic's partition count, judged by the counts it had before. */
export function partitionHistoryProblems(
  topic: Pick<TopicSpec, 'partitions' | 'partitionHistory'>,
): readonly string[] {
  const [first, ...later] = topic.partitionHistory;
  if (first?.kind !== 'created')
    return [`topic.partitionHistory must begin with an entry of kind "created".`];
  if (later.some(({ kind }) => kind === 'created'))
    return [`topic.partitionHistory has a second entry of kind "created".`];
  return countProblems(topic.partitions, topic.partitionHistory).map(problemText);
}

function problemText(problem: CountProblem): string {
  const { from, to } = problem;
  if (problem.kind === 'shrinks')
    return `topic.partitions goes from ${from} to ${to}: ${NO_FEWER_PARTITIONS}`;
  const moved = `${percentText(problem.movedShare)} of the keys move to another partition`;
  return problem.isStep
    ? `topic.partitionHistory grows to ${to} without a migration: ${moved}. Name the document that says how order is kept.`
    : `topic.partitions is ${to}, but its history ends at ${from}: ${moved}. ` +
        `Write the migration down and add it to topic.partitionHistory.`;
}
