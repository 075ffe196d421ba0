import {
  Partitioners,
  type ICustomPartitioner,
  type Kafka,
  type Message,
  type RecordMetadata,
} from 'kafkajs';
import { connectProducer } from './connect-producer.ts';

const ALL_IN_SYNC_REPLICAS = -1;

/** A record to send. */
export interface RecordToSend {
  /** Decides the partition; without one, any partition gets the record. */
  readonly key: string | undefined;
  readonly value: string;
}

/** A stored record, which all in-sync replicas have confirmed. */
export interface Sent<R extends RecordToSend = RecordToSend> {
  readonly record: R;
  readonly partition: number;
  readonly offset: number;
}

/** Sends records to one topic. */
export interface RecordSender {
  /**
   * Sends records and waits for all in-sync replicas.
   *
   * @returns the position of each record in the topic, in the given order.
   * @throws {Error} when the brokers did not confirm all of them.
   */
  send<R extends RecordToSend>(records: readonly R[]): Promise<readonly Sent<R>[]>;
}

export interface SendingOptions {
  readonly topic: string;
  /** Headers of every record. */
  readonly headers: Readonly<Record<string, string>>;
  /** The number of retries. It is limited, so that a missing broker causes an error. */
  readonly retries: number;
}

/** Connects an idempotent producer, works with it, and disconnects it. */
export async function withRecordSender<T>(
  kafka: Pick<Kafka, 'producer'>,
  { topic, headers, retries }: SendingOptions,
  work: (sender: RecordSender) => Promise<T>,
): Promise<T> {
  const partitions = new WeakMap<Message, number>();
  const partitioner = rememberingPartitioner(partitions);
  const producer = await connectProducer(kafka, { retries, partitioner });
  try {
    return await work({
      send: async (records) => {
        const messages = records.map(({ key, value }): Message => ({ key: key ?? null, value, headers }));
        const acknowledged = await producer.send({ topic, messages, acks: ALL_IN_SYNC_REPLICAS });
        return locateRecords(
          records,
          messages.map((message) => partitions.get(message)),
          acknowledged,
        );
      },
    });
  } finally {
    await producer.disconnect();
  }
}

/** Wraps Kafka's own partitioner to note the partition of each record, which the broker's answer does not contain. */
function rememberingPartitioner(partitions: WeakMap<Message, number>): ICustomPartitioner {
  return () => {
    const choose = Partitioners.DefaultPartitioner();
    return (choice) => {
      const partition = choose(choice);
      partitions.set(choice.message, partition);
      return partition;
    };
  };
}

/**
 * Calculates the position of each record. The broker returns one base offset for a partition, and the records of that
 * partition follow it in the order of sending.
 */
export function locateRecords<R extends RecordToSend>(
  records: readonly R[],
  partitions: readonly (number | undefined)[],
  acknowledged: readonly Pick<RecordMetadata, 'partition' | 'baseOffset'>[],
): readonly Sent<R>[] {
  const nextOffsets = new Map(
    acknowledged.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]),
  );
  return records.map((record, index) => {
    const partition = partitions[index];
    const offset = partition === undefined ? undefined : nextOffsets.get(partition);
    if (partition === undefined || offset === undefined) {
      throw new Error(
        `The brokers did not confirm record ${index + 1} of ${records.length}; send them all again.`,
      );
    }
    nextOffsets.set(partition, offset + 1);
    return { record, partition, offset };
  });
}
