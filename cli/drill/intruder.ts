import type { Kafka } from '@order-events/kafka-tools';

/** A record that an intruder took. */
export interface Taken {
  readonly partition: number;
  readonly offset: number;
}

/** A client that somebody runs with a group id which is not theirs: it reads, commits, and does nothing. */
export interface Intruder {
  /** Records that it took since it joined. */
  readonly taken: readonly Taken[];
  leave(): Promise<void>;
}

/** Joins a group as any Kafka client would. */
export async function intrude(
  kafka: Pick<Kafka, 'consumer'>,
  { groupId, topic }: { readonly groupId: string; readonly topic: string },
): Promise<Intruder> {
  const taken: Taken[] = [];
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic] });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: ({ partition, message }) => {
      taken.push({ partition, offset: Number(message.offset) });
      return Promise.resolve();
    },
  });
  return {
    taken,
    leave: async () => {
      await consumer.disconnect();
    },
  };
}
