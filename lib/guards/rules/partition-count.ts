import {
  countProblems,
  NO_FEWER_PARTITIONS,
  percentText,
  type CountProblem,
  type PartitionStep,
} from '../../topology/partition-growth.ts';
import type { Finding, Guard } from '../guard.ts';
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

/** The worst problem: what cannot be done at all comes before what is not written down. */
function findings(topic: TopicFacts, history: readonly PartitionStep[]): readonly Finding[] {
  if (topic.partitions === undefined) return [];
  const problems = countProblems(topic.partitions, history);
  const worst = problems.find(({ kind }) => kind === 'shrinks') ?? problems[0];
  return worst === undefined ? [] : [finding(topic, worst, history)];
}

function finding(
  { resource, partitions }: TopicFacts,
  problem: CountProblem,
  history: readonly PartitionStep[],
): Finding {
  const common = { resource, property: 'PartitionCount' };
  if (problem.kind === 'shrinks') {
    return {
      ...common,
      problem: `is ${problem.to}, but the topic has ${problem.from}: Kafka cannot remove partitions`,
      fix: NO_FEWER_PARTITIONS,
    };
  }
  return {
    ...common,
    problem:
      `is ${partitions} after ${history.map((step) => step.partitions).join(', ')}: ${percentText(problem.movedShare)} of ` +
      'the keys move to another partition, so their order is lost across the change',
    fix:
      'Write down how order is kept meanwhile and add the step, with its document, to the partition history. ' +
      `What moves: orders topics plan --partitions ${partitions}`,
  };
}
