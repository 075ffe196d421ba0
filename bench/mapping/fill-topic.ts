import { connectProducer, type Kafka } from '@order-events/kafka-tools';
import { TOPIC, type MappingShape, type MappingUnderTest } from './mapping-under-test.ts';

const RECORDS_A_REQUEST = 5_000;
const RETRIES = 5;

/** Records of one size, spread evenly over the partitions; each has a key of its own. */
export interface TopicContent {
  readonly count: number;
  /** Bytes of each value. */
  readonly bytes: number;
}

/** Fills the topic while nothing polls, and moves the group to its beginning. */
export async function refill(
  mapping: MappingUnderTest,
  shape: MappingShape,
  content: TopicContent,
): Promise<void> {
  await mapping.setPollers(0);
  await fillTopic(mapping.kafka, shape, content);
  await mapping.rewind();
}

/** Writes records to the topic. The values are JSON: `{"id":7,"pad":"xxx"}`. */
export async function fillTopic(
  kafka: Kafka,
  { partitions }: MappingShape,
  { count, bytes }: TopicContent,
): Promise<void> {
  const producer = await connectProducer(kafka, { retries: RETRIES });
  const pad = 'x'.repeat(bytes);
  try {
    for (let sent = 0; sent < count; sent += RECORDS_A_REQUEST) {
      const messages = Array.from({ length: Math.min(RECORDS_A_REQUEST, count - sent) }, (_, index) => {
        const id = sent + index;
        const head = `{"id":${id},"pad":"`;
        const value = `${head}${pad.slice(0, Math.max(0, bytes - head.length - 2))}"}`;
        return { key: `key-${id}`, partition: id % partitions, value };
      });
      await producer.send({ topic: TOPIC, messages });
    }
  } finally {
    await producer.disconnect();
  }
}
