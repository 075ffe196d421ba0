import type { Admin, Kafka } from 'kafkajs';
import { committedOffsets } from './committed-offsets.ts';
import type { PartitionOffsets } from './partition-offsets.ts';
import { topicOffsets } from './topic-offsets.ts';

/** Reads how far consumer groups are, on one connection. */
export interface GroupReader {
  /** @throws {Error} when the brokers cannot be asked, or have no such topic. */
  readOffsets(topic: string, consumerGroupId: string): Promise<readonly PartitionOffsets[]>;
  /** A group's state in Kafka's words, such as `Stable`. @throws {Error} when the brokers cannot be asked. */
  readGroupState(consumerGroupId: string): Promise<string>;
  close(): Promise<void>;
}

/** Asks on one connection, which it makes with the first question. */
export function createGroupReader(kafka: Pick<Kafka, 'admin'>): GroupReader {
  const admin = kafka.admin();
  let connected: Promise<void> | undefined;
  const connect = (): Promise<void> =>
    (connected ??= admin.connect().catch((error: unknown) => {
      connected = undefined;
      throw error;
    }));
  return {
    readOffsets: async (topic, consumerGroupId) => {
      await connect();
      return readOffsets(admin, topic, consumerGroupId);
    },
    readGroupState: async (consumerGroupId) => {
      await connect();
      const { groups } = await admin.describeGroups([consumerGroupId]);
      return groups[0]?.state ?? 'Unknown';
    },
    close: () => admin.disconnect(),
  };
}

async function readOffsets(admin: Admin, topic: string, groupId: string): Promise<PartitionOffsets[]> {
  const [ranges, [ofTopic]] = await Promise.all([
    topicOffsets(admin, topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ]);
  const committed = committedOffsets(ofTopic?.partitions ?? []);
  return ranges.map(({ partition, start, end }) => ({
    partition,
    start,
    end,
    committed: committed.get(partition),
  }));
}
