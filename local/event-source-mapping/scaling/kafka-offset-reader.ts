import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { PartitionOffsets } from './partition-offsets.ts';

/** What is asked of the brokers about consumer groups, on one connection. */
export interface OffsetReader {
  /** @throws {Error} when the brokers cannot be asked, or have no such topic. */
  readOffsets(topic: string, consumerGroupId: string): Promise<readonly PartitionOffsets[]>;
  /** A group's state in Kafka's words, such as `Stable`. @throws {Error} when the brokers cannot be asked. */
  readGroupState(consumerGroupId: string): Promise<string>;
  close(): Promise<void>;
}

/** Connects with the first question. */
export function createOffsetReader(brokers: readonly string[]): OffsetReader {
  const admin = new Kafka({
    clientId: 'event-source-mapping',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  }).admin();
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
  const [ends, [ofTopic]] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ]);
  const committed = new Map(ofTopic?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends.map(({ partition, low, high }) => ({
    partition,
    logStart: Number(low),
    end: Number(high),
    committed: asOffset(committed.get(partition)),
  }));
}

/** Brokers answer a negative number for a partition without a commit. */
function asOffset(offset: number | undefined): number | null {
  return offset === undefined || offset < 0 ? null : offset;
}
