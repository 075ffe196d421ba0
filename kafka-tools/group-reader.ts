import type { Admin, Kafka } from 'kafkajs';
import { committedOffsets } from './committed-offsets.ts';
import type { PartitionOffsets } from './partition-offsets.ts';
import { topicOffsets } from './topic-offsets.ts';

/** Reads the offsets of consumer groups on one connection. */
export interface GroupReader {
  /** @throws {Error} when the brokers do not answer, or the topic does not exist. */
  readOffsets(topic: string, consumerGroupId: string): Promise<readonly PartitionOffsets[]>;
  /** A group's state in Kafka's words, such as `Stable`. @throws {Error} when the brokers do not answer. */
  readGroupState(consumerGroupId: string): Promise<string>;
  close(): Promise<void>;
}

/** Creates a reader with one connection, which it opens at the first request. */
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
