import { AssignerProtocol, type Assigner, type Cluster, type GroupMember } from 'kafkajs';

const VERSION = 0;

/**
 * Kafka's default assignor: members in the order of their ids get consecutive ranges of the partitions, the
 * first ones one more when the division leaves a rest; members beyond the partition count get none. It has
 * Kafka's own name and wire format, so that members written with any other client can be in the same group.
 *
 * @see https://kafka.apache.org/39/javadoc/org/apache/kafka/clients/consumer/RangeAssignor.html
 */
export function rangeAssigner({ cluster }: { readonly cluster: Cluster }): Assigner {
  return {
    name: 'range',
    version: VERSION,
    protocol: ({ topics }) => ({
      name: 'range',
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: VERSION,
        topics,
        userData: Buffer.alloc(0),
      }),
    }),
    assign: ({ members, topics }) => {
      const partitions = new Map(topics.map((topic) => [topic, partitionIds(cluster, topic)]));
      return Promise.resolve(assignRanges(memberIds(members), partitions).map(encodeAssignment));
    },
  };
}

/** The partitions of one member, by topic. */
interface MemberPartitions {
  readonly memberId: string;
  readonly assignment: Record<string, number[]>;
}

/** Each member's partitions by topic. */
export function assignRanges(
  members: readonly string[],
  partitionsByTopic: ReadonlyMap<string, readonly number[]>,
): MemberPartitions[] {
  const sorted = members.toSorted();
  return sorted.map((memberId, index) => ({
    memberId,
    assignment: Object.fromEntries(
      [...partitionsByTopic].map(([topic, partitions]) => [topic, rangeOf(partitions, index, sorted.length)]),
    ),
  }));
}

function rangeOf(partitions: readonly number[], index: number, memberCount: number): number[] {
  const each = Math.floor(partitions.length / memberCount);
  const rest = partitions.length % memberCount;
  const start = index * each + Math.min(index, rest);
  return partitions.toSorted((a, b) => a - b).slice(start, start + each + (index < rest ? 1 : 0));
}

function memberIds(members: readonly GroupMember[]): string[] {
  return members.map(({ memberId }) => memberId);
}

function partitionIds(cluster: Cluster, topic: string): number[] {
  return cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
}

function encodeAssignment({ memberId, assignment }: MemberPartitions): {
  memberId: string;
  memberAssignment: Buffer;
} {
  return {
    memberId,
    memberAssignment: AssignerProtocol.MemberAssignment.encode({
      version: VERSION,
      assignment,
      userData: Buffer.alloc(0),
    }),
  };
}
