import {
  connectProducer,
  kafkaClient,
  missingTopics,
  withAdmin,
  type Kafka,
} from '@order-events/kafka-tools';

/** A record to send. Strings are sent as UTF-8. */
export interface RecordToProduce {
  /** Absent or null: a record without a key, for any partition. */
  readonly key?: string | Uint8Array | null;
  /** Null: a tombstone. */
  readonly value: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Uint8Array>>;
  /** Default: Kafka's own partitioner chooses by the key. */
  readonly partition?: number;
}

const RETRIES = 3;
const ALL_IN_SYNC_REPLICAS = -1;

/** Sends records to a topic of the brokers. @throws {Error} when the topic does not exist. */
export async function produce(
  brokers: string,
  topic: string,
  records: readonly (string | RecordToProduce)[],
): Promise<void> {
  if (records.length === 0) return;
  const kafka = clientFor(brokers);
  await requireTopic(kafka, topic);
  const producer = await connectProducer(kafka, { retries: RETRIES });
  try {
    await producer.send({ topic, acks: ALL_IN_SYNC_REPLICAS, messages: records.map(messageOf) });
  } finally {
    await producer.disconnect();
  }
}

/** A client of an environment's brokers. */
export const clientFor = (brokers: string): Kafka =>
  kafkaClient({ clientId: 'msk-local-test-suite', brokers: brokers.split(',') });

/** Converts a record to the Kafka client's form. */
export function messageOf(record: string | RecordToProduce): Message {
  const { key, value, headers = {}, partition } = typeof record === 'string' ? { value: record } : record;
  return {
    key: bytes(key ?? null),
    value: bytes(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, bytes(header)])),
    ...(partition === undefined ? {} : { partition }),
  };
}

interface Message {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, Buffer>;
  readonly partition?: number;
}

function bytes(value: string | Uint8Array): Buffer;
function bytes(value: string | Uint8Array | null): Buffer | null;
function bytes(value: string | Uint8Array | null): Buffer | null {
  if (value === null) return null;
  return typeof value === 'string' ? Buffer.from(value) : Buffer.from(value);
}

/**
 * Rejects a missing topic. The broker creates no topics by itself, and the client would ask for a missing one for
 * ever.
 */
async function requireTopic(kafka: Kafka, topic: string): Promise<void> {
  await withAdmin(kafka, async (admin) => {
    const missing = await missingTopics(admin, [topic]);
    if (missing.length === 0) return;
    const topics = (await admin.listTopics()).filter((name) => !name.startsWith('__')).toSorted();
    throw new Error(
      `There is no topic ${topic}; there ${topics.length === 0 ? 'is none at all' : `are ${topics.join(', ')}`}. ` +
        'A topic of a template or of a mapping is created at the start.',
    );
  });
}
