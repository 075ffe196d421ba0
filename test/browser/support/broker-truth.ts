import kafkajs, { type Admin } from 'kafkajs';
import { connectAdmin } from '../../broker/support/kafka-admin.ts';

/** What the broker itself says, asked beside the console. */
export interface BrokerTruth {
  /** The partitions of each member, by client id; empty lists for idle members. */
  members(group: string): Promise<Readonly<Record<string, readonly number[]>>>;
  /** Who reads each partition, in the words of the page. */
  owners(group: string): Promise<readonly string[]>;
  /** The sum of a group's committed offsets. */
  committed(group: string): Promise<number>;
  /** The sum of the topic's ends. */
  end(): Promise<number>;
  close(): Promise<void>;
}

export async function connectBrokerTruth(broker: string, topic: string): Promise<BrokerTruth> {
  const admin = await connectAdmin(broker);
  const ends = () => admin.fetchTopicOffsets(topic);
  return {
    members: (group) => membersOf(admin, group, topic),
    owners: async (group) => {
      const members = Object.entries(await membersOf(admin, group, topic));
      return (await ends())
        .map(({ partition }) => partition)
        .toSorted((a, b) => a - b)
        .map((partition) => {
          const [clientId = 'nobody'] =
            members.find(([, partitions]) => partitions.includes(partition)) ?? [];
          return clientId.replace('event-poller-', 'poller ');
        });
    },
    committed: async (group) => {
      const [found] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return (found?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    },
    end: async () => (await ends()).reduce((sum, { offset }) => sum + Number(offset), 0),
    close: () => admin.disconnect(),
  };
}

async function membersOf(
  admin: Admin,
  group: string,
  topic: string,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const { groups } = await admin.describeGroups([group]);
  return Object.fromEntries(
    groups
      .flatMap(({ members }) => members)
      .map(({ clientId, memberAssignment }) => [clientId, partitionsIn(memberAssignment, topic)]),
  );
}

function partitionsIn(assignment: Buffer, topic: string): readonly number[] {
  if (assignment.length === 0) return [];
  return kafkajs.AssignerProtocol.MemberAssignment.decode(assignment)?.assignment[topic] ?? [];
}
