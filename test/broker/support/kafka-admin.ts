import { randomUUID } from 'node:crypto';
import { kafkaClient, type Kafka } from '@order-events/kafka-tools';
import { Partitioners, type Admin, type Producer } from 'kafkajs';

/** A record to be produced. */
export interface NewRecord {
  readonly value: string | null;
  /** Absent: by the key. */
  readonly partition?: number;
  readonly key?: string;
  /** Epoch milliseconds; absent: now. */
  readonly timestamp?: number;
}

/** Committed offsets by partition, of those that have one. */
export type Offsets = Readonly<Record<number, number>>;

/** What tests do on the broker beside what they test. */
export interface KafkaAdmin {
  /** Makes a topic with a name of its own. It stays: a client that once used a topic fails when it is deleted. */
  createTopic(partitions: number): Promise<string>;
  produce(topic: string, records: readonly NewRecord[]): Promise<void>;
  /** Deletes what is before these offsets, as retention does. */
  deleteRecordsBefore(topic: string, offsets: Offsets): Promise<void>;
  committed(group: string, topic: string): Promise<Offsets>;
  /** Sets the offsets of a group without members. */
  setCommitted(group: string, topic: string, offsets: Offsets): Promise<void>;
  memberCount(group: string): Promise<number>;
  disconnect(): Promise<void>;
}

/** Connects the client's own admin, without a word of its log. */
export async function connectAdmin(broker: string): Promise<Admin> {
  const admin = kafkaClient({ clientId: 'test', brokers: [broker] }).admin();
  await admin.connect();
  return admin;
}

export async function connectKafkaAdmin(broker: string): Promise<KafkaAdmin> {
  const kafka = kafkaClient({ clientId: 'test', brokers: [broker] });
  const admin = kafka.admin();
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    allowAutoTopicCreation: false,
  });
  await Promise.all([admin.connect(), producer.connect()]);
  return {
    createTopic: (partitions) => createTopic(admin, partitions),
    produce: (topic, records) => produce(producer, topic, records),
    deleteRecordsBefore: async (topic, offsets) => {
      // kafkajs deletes only from topics that it has seen before.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: toPartitionOffsets(offsets) });
    },
    committed: (group, topic) => committed(admin, group, topic),
    setCommitted: (group, topic, offsets) => setCommitted(kafka, { group, topic, offsets }),
    memberCount: async (group) => {
      const { groups } = await admin.describeGroups([group]);
      return groups.flatMap(({ members }) => members).length;
    },
    disconnect: async () => {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}

async function createTopic(admin: Admin, numPartitions: number): Promise<string> {
  const topic = `topic-${randomUUID()}`;
  await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: true });
  return topic;
}

async function produce(producer: Producer, topic: string, records: readonly NewRecord[]): Promise<void> {
  const messages = records.map(({ value, partition, key, timestamp }) => ({
    value,
    ...(partition === undefined ? {} : { partition }),
    ...(key === undefined ? {} : { key }),
    ...(timestamp === undefined ? {} : { timestamp: String(timestamp) }),
  }));
  await producer.send({ topic, messages, acks: -1 });
}

async function committed(admin: Admin, groupId: string, topic: string): Promise<Offsets> {
  const [ofTopic] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const known = ofTopic?.partitions.filter(({ offset }) => Number(offset) >= 0) ?? [];
  return Object.fromEntries(known.map(({ partition, offset }) => [partition, Number(offset)]));
}

/** As a member that is alone in the group; kafkajs's own admin call waits 5 s for records that do not come. */
async function setCommitted(
  kafka: Kafka,
  { group, topic, offsets }: { readonly group: string; readonly topic: string; readonly offsets: Offsets },
): Promise<void> {
  const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 50 });
  const joined = new Promise<void>((resolve) => {
    consumer.on('consumer.group_join', () => {
      resolve();
    });
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic] });
    await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
    await joined;
    await consumer.commitOffsets(
      toPartitionOffsets(offsets).map(({ partition, offset }) => ({ topic, partition, offset })),
    );
  } finally {
    await consumer.disconnect();
  }
}

function toPartitionOffsets(offsets: Offsets): { partition: number; offset: string }[] {
  return Object.entries(offsets).map(([partition, offset]) => ({
    partition: Number(partition),
    offset: String(offset),
  }));
}
