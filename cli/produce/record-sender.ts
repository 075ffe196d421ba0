import {
  Partitioners,
  type ICustomPartitioner,
  type Kafka,
  type Message,
  type RecordMetadata,
} from 'kafkajs';
import type { OutgoingRecord, Sent } from './outgoing-record.ts';

const HEADERS = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
const ACKS_FROM_ALL = -1;
/** Bounded, so that a broker which is gone ends the command; within them, idempotence keeps copies out. */
const RETRY = { retries: 8 };

/** Sends records to one topic. */
export interface RecordSender {
  /** @returns for each record, in the order given, where the topic has it. */
  send<R extends OutgoingRecord>(records: readonly R[]): Promise<readonly Sent<R>[]>;
}

/** Connects an idempotent producer, works with it, and disconnects it. */
export async function withRecordSender<T>(
  kafka: Pick<Kafka, 'producer'>,
  topic: string,
  work: (sender: RecordSender) => Promise<T>,
): Promise<T> {
  const partitions = new WeakMap<Message, number>();
  const producer = kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: rememberingPartitioner(partitions),
    retry: RETRY,
  });
  await producer.connect();
  try {
    return await work({
      send: async (records) => {
        const messages = records.map(toMessage);
        const acknowledged = await producer.send({ topic, messages, acks: ACKS_FROM_ALL });
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

function toMessage({ key, value }: OutgoingRecord): Message {
  return { key: key ?? null, value, headers: HEADERS };
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
export function locateRecords<R extends OutgoingRecord>(
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
        `The broker did not acknowledge record ${index + 1} of ${records.length}. Send them again.`,
      );
    }
    nextOffsets.set(partition, offset + 1);
    return { record, partition, offset };
  });
}
