import type { Kafka } from 'kafkajs';
import { groupTimesLeft, type GroupTimeLeft, type TimedGroup } from './group-time-left.ts';
import { readPartitionBytes } from './partition-bytes.ts';
import { topicRetention, type TopicRetention } from './time-left.ts';
import { openTopicReader, type BrokerAddresses, type TopicReader } from './topic-reader.ts';
import { describeTopic } from './topics.ts';
import { withAdmin } from './with-admin.ts';

/** The records at risk in a topic at one moment. */
export interface TimesLeft {
  readonly retention: TopicRetention;
  readonly groups: readonly GroupTimeLeft[];
}

/** Reads the time that groups have until the topic's retention deletes their unread records. */
export interface TimeLeftReader {
  /** @throws {Error} when the brokers do not answer. */
  read(topic: string, groups: readonly TimedGroup[], now: number): Promise<TimesLeft>;
  close(): Promise<void>;
}

/**
 * Opens a reader that asks only the brokers: for the topic's effective settings, for the next record of each group,
 * and for sizes if the topic has a size limit. It joins no group.
 */
export function openTimeLeftReader(kafka: Pick<Kafka, 'admin'>, addresses: BrokerAddresses): TimeLeftReader {
  const readers = new Map<string, TopicReader>();
  const readerOf = (topic: string): TopicReader => {
    const reader = readers.get(topic) ?? openTopicReader(topic, addresses);
    readers.set(topic, reader);
    return reader;
  };
  return {
    read: async (topic, groups, now) => {
      const { settings } = await withAdmin(kafka, (admin) => describeTopic(admin, topic));
      const retention = topicRetention(settings);
      if (retention === undefined)
        throw new Error(`The brokers do not say how long they keep records of ${topic}.`);
      const reader = readerOf(topic);
      const source = {
        topic,
        read: (partition: number, from: number, to: number) => reader.read(partition, from, to),
        partitionBytes: (partitions: readonly number[]) => readPartitionBytes(topic, partitions, addresses),
      };
      return { retention, groups: await groupTimesLeft(source, groups, { retention, now }) };
    },
    close: async () => {
      await Promise.all([...readers.values()].map((reader) => reader.close()));
    },
  };
}
