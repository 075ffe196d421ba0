import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';

/** The first offset of a partition that retention has kept, and the next one to write. */
export interface OffsetRange {
  readonly partition: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The error codes while a partition gets a leader: just after the topic was created, although the metadata name one,
 * or while the leader moves. Kafka expects clients to retry both; kafkajs does not.
 *
 * @see https://kafka.apache.org/protocol#protocol_error_codes
 */
const WITHOUT_LEADER = new Set<unknown>(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/** The waits before each retry, in milliseconds; about six seconds in total. */
const PAUSES_MS = [100, 200, 400, 800, 1600, 3000];

/**
 * Reads the ranges of all partitions of a topic, and retries while one of them has no leader.
 *
 * @param pause - waits for this number of milliseconds.
 * @throws the client's error when the brokers do not answer, the topic does not exist, or a partition stays without a
 *   leader.
 */
export async function topicOffsets(
  admin: Pick<Admin, 'fetchTopicOffsets'>,
  topic: string,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<readonly OffsetRange[]> {
  for (const ms of PAUSES_MS) {
    try {
      return await topicOffsetsNow(admin, topic);
    } catch (error) {
      if (!isWithoutLeader(error)) throw error;
      await pause(ms);
    }
  }
  return topicOffsetsNow(admin, topic);
}

/** Reads the ranges of all partitions of a topic, once. @throws the client's error when one of them cannot be read. */
export async function topicOffsetsNow(
  admin: Pick<Admin, 'fetchTopicOffsets'>,
  topic: string,
): Promise<readonly OffsetRange[]> {
  const partitions = await admin.fetchTopicOffsets(topic);
  return partitions.map(({ partition, low, high }) => ({ partition, start: Number(low), end: Number(high) }));
}

const isWithoutLeader = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && WITHOUT_LEADER.has(error.type);
