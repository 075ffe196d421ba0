import type { GroupReport, MemberReport, OffsetLag, PartitionReport } from '@order-events/kafka-tools';
import type { Facts, Known, MappingFacts } from './facts.ts';

/** Lists the groups of the stage that the brokers have. */
export function ownGroups({ consumers, groups }: Facts): readonly GroupReport[] {
  const own = new Set(consumers.map(({ groupId }) => groupId));
  return groups.filter(({ groupId }) => own.has(groupId));
}

/** Lists every group that reads the topic, whoever owns it. */
export function groupsOfTopic({ groups, topic }: Facts): readonly GroupReport[] {
  return groups.filter(({ partitions }) => partitions.some((one) => one.topic === topic.name));
}

/** Lists the partitions of the topic in a group. */
export function partitionsOf(
  { partitions }: Pick<GroupReport, 'partitions'>,
  topic: string,
): readonly PartitionReport[] {
  return partitions.filter((one) => one.topic === topic);
}

/** A partition whose offsets could be read. */
export type KnownPartition = Omit<PartitionReport, 'lag'> & {
  readonly lag: Extract<OffsetLag, { kind: 'known' }>;
};

export function knownPartitions(group: GroupReport, topic: string): readonly KnownPartition[] {
  return partitionsOf(group, topic).flatMap(({ lag, ...rest }) =>
    lag.kind === 'known' ? [{ ...rest, lag }] : [],
  );
}

/** Lists the groups of the stage whose offsets could not be read, as the reason of an `unknown`. */
export function unreadable(facts: Facts): string | undefined {
  const groups = ownGroups(facts).filter((group) =>
    partitionsOf(group, facts.topic.name).some(({ lag }) => lag.kind === 'unknown'),
  );
  if (groups.length === 0) return undefined;
  return `the brokers do not say the offsets of ${groups.map(({ groupId }) => groupId).join(', ')}`;
}

/** Lists the partitions of the topic that a member reads. */
export function assignedTo({ partitions }: MemberReport, topic: string): readonly number[] {
  return partitions.filter((part) => part.topic === topic).flatMap((part) => part.partitions);
}

/** Returns the mappings of the topic, or the reason why they are unknown. */
export function mappingsOfTopic({ mappings, topic }: Facts): Known<readonly MappingFacts[]> {
  if (mappings.kind === 'unknown') return mappings;
  return { kind: 'known', value: mappings.value.filter((mapping) => mapping.topic === topic.name) };
}
