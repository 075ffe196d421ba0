import {
  lagOf,
  totalLag,
  type LagUnknownReason,
  type OffsetLag,
  type OffsetRange,
  type TotalLag,
} from './offset-lag.ts';

/** A consumer group as the broker describes it. */
export interface DescribedGroup {
  readonly groupId: string;
  /** `Stable`, `Empty`, `PreparingRebalance`, ... */
  readonly state: string;
  readonly members: readonly DescribedMember[];
  /** Committed offsets by partition by topic; `undefined` when the broker did not return them. */
  readonly committed: ReadonlyMap<string, ReadonlyMap<number, number>> | undefined;
}

export interface DescribedMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  /** Topics that the member has subscribed to. */
  readonly subscribed: readonly string[];
  readonly assigned: readonly TopicPartitions[];
}

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** The first and end offsets of the partitions of one topic; undefined for a partition that cannot be read. */
export type TopicOffsets =
  | { readonly kind: 'known'; readonly ranges: ReadonlyMap<number, OffsetRange | undefined> }
  | { readonly kind: 'unknown'; readonly reason: LagUnknownReason };

/** A consumer group as `orders status` shows it. */
export interface GroupReport {
  readonly groupId: string;
  readonly state: string;
  readonly lag: TotalLag;
  readonly members: readonly MemberReport[];
  readonly partitions: readonly PartitionReport[];
}

export interface MemberReport {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  readonly partitions: readonly TopicPartitions[];
}

export interface PartitionReport {
  readonly topic: string;
  readonly partition: number;
  /** The member that reads it; absent while the group is empty or rebalancing. */
  readonly memberId: string | undefined;
  readonly lag: OffsetLag;
}

/** Lists every topic of a group: committed to, assigned or subscribed to. */
export function topicsOf({ members, committed }: DescribedGroup): readonly string[] {
  const ofMembers = members.flatMap(({ subscribed, assigned }) => [
    ...subscribed,
    ...assigned.map(({ topic }) => topic),
  ]);
  return [...new Set([...(committed?.keys() ?? []), ...ofMembers])].toSorted();
}

export function groupReport(group: DescribedGroup, offsetsOf: (topic: string) => TopicOffsets): GroupReport {
  const owners = ownersOf(group.members);
  const partitions = topicsOf(group).flatMap((topic) => {
    const offsets = offsetsOf(topic);
    return partitionsOf(topic, group, offsets).map((partition) => ({
      topic,
      partition,
      memberId: owners.get(partitionName(topic, partition)),
      lag: partitionLag(group, offsets, { topic, partition }),
    }));
  });
  return {
    groupId: group.groupId,
    state: group.state,
    lag: totalLag(partitions.map(({ lag }) => lag)),
    members: group.members
      .map(({ memberId, clientId, host, assigned }) => ({ memberId, clientId, host, partitions: assigned }))
      .toSorted((a, b) => a.memberId.localeCompare(b.memberId, 'en')),
    partitions,
  };
}

/** Lists the topic's partitions, or the group's own when the broker does not return the topic's. */
function partitionsOf(topic: string, group: DescribedGroup, offsets: TopicOffsets): readonly number[] {
  if (offsets.kind === 'known') return [...offsets.ranges.keys()].toSorted((a, b) => a - b);
  const assigned = group.members.flatMap((member) =>
    member.assigned.filter((part) => part.topic === topic).flatMap(({ partitions }) => partitions),
  );
  const committed = group.committed?.get(topic)?.keys() ?? [];
  return [...new Set([...committed, ...assigned])].toSorted((a, b) => a - b);
}

function partitionLag(
  { committed }: DescribedGroup,
  offsets: TopicOffsets,
  { topic, partition }: { readonly topic: string; readonly partition: number },
): OffsetLag {
  if (offsets.kind === 'unknown') return offsets;
  if (committed === undefined) return { kind: 'unknown', reason: 'commits-unavailable' };
  const range = offsets.ranges.get(partition);
  if (range === undefined) return { kind: 'unknown', reason: 'offsets-unavailable' };
  return lagOf(committed.get(topic)?.get(partition), range);
}

function ownersOf(members: readonly DescribedMember[]): ReadonlyMap<string, string> {
  return new Map(
    members.flatMap(({ memberId, assigned }) =>
      assigned.flatMap(({ topic, partitions }) =>
        partitions.map((partition) => [partitionName(topic, partition), memberId] as const),
      ),
    ),
  );
}

/** As AWS and Kafka's tools write it: `order-events-0`. */
export function partitionName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
