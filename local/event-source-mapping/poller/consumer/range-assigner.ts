import type { GroupPartitionsAssigner } from '@platformatic/kafka';

/** The assignor's name in the group protocol: all members of a group must have one in common. */
export const RANGE_ASSIGNOR = 'range';

/** The input of a group leader for an assignment. */
export interface GroupSubscriptions {
  /** The topics that each member subscribes to, by member id. */
  readonly topicsByMember: ReadonlyMap<string, readonly string[]>;
  /** The number of partitions of each of those topics. */
  readonly partitionCounts: ReadonlyMap<string, number>;
}

/** One member's partitions, by topic. */
export type MemberPartitions = ReadonlyMap<string, readonly number[]>;

/**
 * Assigns partitions like Kafka's default assignor. The subscribers of each topic, ordered by id, get consecutive
 * ranges of its partitions. When the division has a remainder, the first ones get one more. Members beyond the
 * partition count get none.
 * @returns each member's partitions, by member id.
 * @see https://kafka.apache.org/39/javadoc/org/apache/kafka/clients/consumer/RangeAssignor.html
 */
export function assignRanges({
  topicsByMember,
  partitionCounts,
}: GroupSubscriptions): ReadonlyMap<string, MemberPartitions> {
  const members = [...topicsByMember.keys()].toSorted();
  const ranges = new Map<string, ReadonlyMap<string, readonly number[]>>();
  for (const [topic, count] of partitionCounts) {
    const subscribers = members.filter((member) => topicsByMember.get(member)?.includes(topic));
    ranges.set(
      topic,
      new Map(subscribers.map((member, index) => [member, rangeOf(count, index, subscribers.length)])),
    );
  }
  return new Map(
    members.map((member) => [
      member,
      new Map([...ranges].map(([topic, byMember]) => [topic, byMember.get(member) ?? []])),
    ]),
  );
}

function rangeOf(partitionCount: number, index: number, memberCount: number): readonly number[] {
  const each = Math.floor(partitionCount / memberCount);
  const rest = partitionCount % memberCount;
  const start = index * each + Math.min(index, rest);
  return Array.from({ length: each + (index < rest ? 1 : 0) }, (_, offset) => start + offset);
}

/** Assigns ranges in the Kafka client's format. */
export const rangeAssigner: GroupPartitionsAssigner = (_leader, members, _topics, metadata) => {
  const assigned = assignRanges({
    topicsByMember: new Map([...members].map(([memberId, { topics }]) => [memberId, topics ?? []])),
    partitionCounts: new Map(
      [...metadata.topics].map(([topic, { partitionsCount }]) => [topic, partitionsCount]),
    ),
  });
  return [...assigned].map(([memberId, byTopic]) => ({
    memberId,
    assignments: new Map(
      [...byTopic].map(([topic, partitions]) => [topic, { topic, partitions: [...partitions] }]),
    ),
  }));
};
