import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { expectedTopic, topicProblems } from './topic-problems.ts';

/** Compares the topic with the topology. @returns what differs, a sentence each. */
export async function checkTopic({ kind, topic }: Target): Promise<readonly string[]> {
  return topicProblems(expectedTopic(topology.topic, kind), await topic());
}
