import { connectProducer, type Kafka } from '@order-events/kafka-tools';

const RECORDS_A_REQUEST = 5_000;
const RETRIES = 5;

/** Records of one size, spread evenly over the partitions; each has a key of its own. */
export interface TopicContent {
  readonly topic: string;
  readonly partitions: number;
  readonly count: number;
  /** Bytes of each value. */
  readonly bytes: number;
}

/** Writes the records. The values are JSON: `{"id":7,"pad":"xxx"}`. */
export async function fillTopic(
  kafka: Kafka,
  { topic, partitions, count, bytes }: TopicContent,
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
      await producer.send({ topic, messages });
    }
  } finally {
    await producer.disconnect();
  }
}
