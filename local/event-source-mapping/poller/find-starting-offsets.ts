import type { Admin, Kafka } from 'kafkajs';
import type { StartingPosition } from '../event-source-mapping-spec.ts';
import { startingOffset, type PartitionStart } from './starting-offset.ts';

export interface StartSettings {
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly startingPosition: StartingPosition;
  readonly outOfRangeReset: 'logStart' | 'startingPosition';
}

/**
 * Where each partition of a topic begins whose committed offset does not say it.
 *
 * @throws {Error} when the broker cannot be asked.
 */
export function findStartingOffsets(
  kafka: Kafka,
  settings: StartSettings,
): Promise<ReadonlyMap<number, PartitionStart>> {
  const { topic, consumerGroupId, startingPosition, outOfRangeReset } = settings;
  return withAdmin(kafka, async (admin) => {
    const [ends, [ofTopic], atTime] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId: consumerGroupId, topics: [topic] }),
      startingPosition.kind === 'AT_TIMESTAMP'
        ? admin.fetchTopicOffsetsByTimestamp(topic, startingPosition.timestampMs)
        : [],
    ]);
    const committed = offsetsByPartition(ofTopic?.partitions ?? []);
    const times = offsetsByPartition(atTime);
    const starts = ends.flatMap(({ partition, low, high }): [number, PartitionStart][] => {
      const positions = {
        logStart: Number(low),
        logEnd: Number(high),
        atTime: times.get(partition) ?? Number(low),
        committed: committed.get(partition) ?? -1,
      };
      const start = startingOffset(positions, startingPosition, outOfRangeReset);
      return start === undefined ? [] : [[partition, start]];
    });
    return new Map(starts);
  });
}

/** The first offset that retention has left of a partition. @throws {Error} when the broker cannot be asked. */
export function findLogStart(kafka: Kafka, topic: string, partition: number): Promise<number> {
  return withAdmin(kafka, async (admin) => {
    const ends = await admin.fetchTopicOffsets(topic);
    return Number(ends.find((end) => end.partition === partition)?.low ?? 0);
  });
}

async function withAdmin<T>(kafka: Kafka, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}

function offsetsByPartition(
  offsets: readonly { readonly partition: number; readonly offset: string }[],
): ReadonlyMap<number, number> {
  return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
}
