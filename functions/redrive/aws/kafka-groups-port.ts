import { createGroupReader, moveGroup, withAdmin, type Kafka } from '@order-events/kafka-tools';
import type { GroupsPort } from '../ports.ts';

/** The groups of one topic, asked of the brokers. */
export function kafkaGroupsPort(topic: string, kafka: () => Promise<Kafka>): GroupsPort {
  return {
    offsets: async (groupId) => {
      const reader = createGroupReader(await kafka());
      try {
        return await reader.readOffsets(topic, groupId);
      } finally {
        await reader.close();
      }
    },
    members: async (groupId) =>
      withAdmin(await kafka(), async (admin) => {
        const { groups } = await admin.describeGroups([groupId]);
        return groups.flatMap(({ members }) => members).length;
      }),
    move: async (groupId, offsets) =>
      withAdmin(await kafka(), (admin) => moveGroup(admin, { groupId, topic, offsets })),
  };
}
