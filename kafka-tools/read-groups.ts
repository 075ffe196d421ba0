import {
  AssignerProtocol,
  type Admin,
  type GroupDescription,
  type Kafka,
  type MemberDescription,
} from 'kafkajs';
import { committedOffsets } from './committed-offsets.ts';
import {
  groupReport,
  topicsOf,
  type DescribedGroup,
  type DescribedMember,
  type GroupReport,
  type TopicOffsets,
} from './group-report.ts';
import type { OffsetRange } from './offset-lag.ts';
import { topicOffsets, topicOffsetsNow } from './topic-offsets.ts';
import { withAdmin } from './with-admin.ts';

/** The requests to a broker, as an interface that tests can implement. */
export type GroupAdmin = Pick<
  Admin,
  'listGroups' | 'describeGroups' | 'fetchOffsets' | 'listTopics' | 'fetchTopicOffsets'
>;

/**
 * The protocol of groups whose members report their partitions. Others, such as Kafka Connect's workers, have another
 * one.
 */
const CONSUMER_PROTOCOL = 'consumer';

/**
 * Asks for the range of each partition of a topic by itself: one that cannot be read, say without a leader, is undefined and hides
 * no other.
 */
export type RangesOf = (topic: string) => Promise<ReadonlyMap<number, OffsetRange | undefined>>;

/**
 * Reads every group on the brokers, with its members and the lag of each partition, in alphabetical order.
 *
 * @param rangesOf - is asked when a topic cannot be read as a whole. Without it a partition without a leader is waited for, and
 * then nothing is known of the topic.
 */
export function readGroups(
  kafka: Pick<Kafka, 'admin'>,
  rangesOf?: RangesOf,
): Promise<readonly GroupReport[]> {
  return withAdmin(kafka, (admin) => groupReports(admin, rangesOf));
}

export async function groupReports(admin: GroupAdmin, rangesOf?: RangesOf): Promise<readonly GroupReport[]> {
  const { groups } = await admin.listGroups();
  if (groups.length === 0) return [];
  const described = await admin.describeGroups(groups.map(({ groupId }) => groupId));
  const withCommits = await Promise.all(described.groups.map((group) => addCommits(admin, group)));
  const offsets = await readTopicOffsets(admin, withCommits.flatMap(topicsOf), rangesOf);
  return withCommits
    .map((group) => groupReport(group, (topic) => offsets.get(topic) ?? UNAVAILABLE))
    .toSorted((a, b) => a.groupId.localeCompare(b.groupId, 'en'));
}

const UNAVAILABLE: TopicOffsets = { kind: 'unknown', reason: 'offsets-unavailable' };
const GONE: TopicOffsets = { kind: 'unknown', reason: 'topic-gone' };

async function addCommits(admin: GroupAdmin, group: GroupDescription): Promise<DescribedGroup> {
  const readsPartitions = group.protocolType === CONSUMER_PROTOCOL;
  return {
    groupId: group.groupId,
    state: group.state,
    members: group.members.map((member) => describedMember(member, readsPartitions)),
    committed: await readCommits(admin, group.groupId),
  };
}

async function readCommits(admin: GroupAdmin, groupId: string): Promise<DescribedGroup['committed']> {
  try {
    const topics = await admin.fetchOffsets({ groupId });
    return new Map(topics.map(({ topic, partitions }) => [topic, committedOffsets(partitions)]));
  } catch {
    // For example, the group's coordinator is moving. The other groups are still shown, and this one reports the
    // error.
    return undefined;
  }
}

async function readTopicOffsets(
  admin: GroupAdmin,
  topics: readonly string[],
  rangesOf: RangesOf | undefined,
): Promise<ReadonlyMap<string, TopicOffsets>> {
  const existing = new Set(await admin.listTopics());
  const read = async (topic: string): Promise<TopicOffsets> => {
    if (!existing.has(topic)) return GONE;
    try {
      return { kind: 'known', ranges: await readRanges(admin, topic, rangesOf) };
    } catch {
      return UNAVAILABLE;
    }
  };
  const found = [...new Set(topics)].map(async (topic) => [topic, await read(topic)] as const);
  return new Map(await Promise.all(found));
}

async function readRanges(
  admin: GroupAdmin,
  topic: string,
  rangesOf: RangesOf | undefined,
): Promise<ReadonlyMap<number, OffsetRange | undefined>> {
  try {
    const found = await (rangesOf === undefined ? topicOffsets : topicOffsetsNow)(admin, topic);
    return new Map(found.map(({ partition, start, end }) => [partition, { start, end }]));
  } catch (error) {
    if (rangesOf === undefined) throw error;
    return rangesOf(topic);
  }
}

function describedMember(member: MemberDescription, readsPartitions: boolean): DescribedMember {
  const { memberId, clientId, clientHost, memberAssignment, memberMetadata } = member;
  return {
    memberId,
    clientId,
    // The broker writes an address after a slash.
    host: clientHost.replace(/^\//, ''),
    subscribed: readsPartitions ? subscribedTopics(memberMetadata) : [],
    assigned: readsPartitions ? assignedPartitions(memberAssignment) : [],
  };
}

/** Empty while the group rebalances. */
function subscribedTopics(metadata: Buffer): readonly string[] {
  return metadata.length === 0 ? [] : (AssignerProtocol.MemberMetadata.decode(metadata)?.topics ?? []);
}

/** Empty while the group rebalances. */
function assignedPartitions(assignment: Buffer): DescribedMember['assigned'] {
  const decoded = assignment.length === 0 ? null : AssignerProtocol.MemberAssignment.decode(assignment);
  return Object.entries(decoded?.assignment ?? {}).map(([topic, partitions]) => ({
    topic,
    partitions: partitions.toSorted((a, b) => a - b),
  }));
}
