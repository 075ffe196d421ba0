import type { Kafka } from 'kafkajs';

/**
 * Where each partition of a topic begins that has no committed offset: at its first record of that time or later, or
 * at its end when there is none.
 *
 * @throws {Error} when the broker cannot be asked.
 */
export async function findStartingOffsets(
  kafka: Kafka,
  {
    topic,
    consumerGroupId,
    timestampMs,
  }: { readonly topic: string; readonly consumerGroupId: string; readonly timestampMs: number },
): Promise<ReadonlyMap<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const starts = await admin.fetchTopicOffsetsByTimestamp(topic, timestampMs);
    const [ofTopic] = await admin.fetchOffsets({ groupId: consumerGroupId, topics: [topic] });
    const committed = new Set(
      ofTopic?.partitions.filter(({ offset }) => Number(offset) >= 0).map(({ partition }) => partition),
    );
    return new Map(
      starts
        .filter(({ partition }) => !committed.has(partition))
        .map(({ partition, offset }) => [partition, Number(offset)]),
    );
  } finally {
    await admin.disconnect();
  }
}
