import {
  type ICustomPartitioner,
  type Kafka,
  type Message,
  Partitioners,
  type RecordMetadata,
} from 'kafkajs';
import type { AppendRecords, RecordPlace } from '../ports.ts';

const HEADERS = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
const ALL_IN_SYNC_REPLICAS = -1;

/** Within them idempotence keeps copies out; a broker that is gone for longer ends the call with an error. */
const RETRY = { retries: 5 };

/**
 * Appends to a topic by an idempotent producer that lives for one call: a connection would not survive the time for which
 * Lambda freezes a function between two invocations.
 */
export function kafkaAppendRecords(kafka: Pick<Kafka, 'producer'>, topic: string): AppendRecords {
  return async (records) => {
    const chosen = new Map<Message, number>();
    const producer = kafka.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: keepingChoices(chosen),
      retry: RETRY,
    });
    const messages = records.map(({ key, value }): Message => ({ key, value, headers: HEADERS }));
    try {
      await producer.connect();
      const acknowledged = await producer.send({ topic, messages, acks: ALL_IN_SYNC_REPLICAS });
      return placesOf(
        messages.map((message) => chosen.get(message)),
        acknowledged,
      );
    } finally {
      await producer.disconnect();
    }
  };
}

/** Kafka's own partitioner. Its choices are kept, because the brokers' answer does not say which record went where. */
function keepingChoices(chosen: Map<Message, number>): ICustomPartitioner {
  return () => {
    const partitionOf = Partitioners.DefaultPartitioner();
    return (args) => {
      const partition = partitionOf(args);
      chosen.set(args.message, partition);
      return partition;
    };
  };
}

/** The brokers answer with the offset of the first record in each partition; the others follow it in their order. */
function placesOf(
  partitions: readonly (number | undefined)[],
  acknowledged: readonly Pick<RecordMetadata, 'partition' | 'baseOffset'>[],
): readonly RecordPlace[] {
  const next = new Map(acknowledged.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]));
  return partitions.map((partition, index) => {
    const offset = partition === undefined ? undefined : next.get(partition);
    if (partition === undefined || offset === undefined) {
      throw new Error(
        `The brokers did not confirm record ${index + 1} of ${partitions.length}; send them all again.`,
      );
    }
    next.set(partition, offset + 1);
    return { partition, offset };
  });
}
