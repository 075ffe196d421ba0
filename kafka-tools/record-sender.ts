import {
  Partitioners,
  type ICustomPartitioner,
  type Kafka,
  type Message,
  type RecordMetadata,
} from 'kafkajs';
import { connectProducer } from './connect-producer.ts';

const ALL_IN_SYNC_REPLICAS = -1;

/** A record that is about to be sent. */
export interface RecordToSend {
  /** Decides the partition; without one, any partition gets the record. */
  readonly key: string | undefined;
  readonly value: string;
}

/** A record that the topic has: all in-sync replicas confirmed it. */
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
   * @returns for each record, in the order given, where the topic has it.
   * @throws {Error} when the brokers did not confirm all of them.
   */
  send<R extends RecordToSend>(records: readonly R[]): Promise<readonly Sent<R>[]>;
}

export interface SendingOptions {
  readonly topic: string;
  /** Headers of every record. */
  readonly headers: Readonly<Record<string, string>>;
  /** Tries after the first, so that a broker which is gone ends the work with an error. */
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

/** Kafka's own partitioner; the broker's answer does not say which record went where, so it is noted here. */
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
 * Where each record is. The broker answers one base offset for a partition, and the records of that partition
 * follow from there in the order in which they were sent.
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
