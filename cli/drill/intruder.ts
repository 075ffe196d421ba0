import { Consumer, MessagesStreamFallbackModes, MessagesStreamModes } from '@platformatic/kafka';
import {
  RANGE_ASSIGNOR,
  rangeAssigner,
} from '#msk-local/event-source-mapping/poller/consumer/range-assigner.ts';

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

export interface Intrusion {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly topic: string;
}

/** Joins a group as any client would, with Kafka's own range assignor. */
export async function intrude({ brokers, groupId, topic }: Intrusion): Promise<Intruder> {
  const taken: Taken[] = [];
  const consumer = new Consumer({
    clientId: 'a-stranger',
    groupId,
    bootstrapBrokers: [...brokers],
    protocols: [{ name: RANGE_ASSIGNOR, version: 0 }],
    partitionAssigner: rangeAssigner,
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: MessagesStreamModes.COMMITTED,
    fallbackMode: MessagesStreamFallbackModes.EARLIEST,
    autocommit: true,
  });
  stream.on('data', ({ partition, offset }) => {
    taken.push({ partition, offset: Number(offset) });
  });
  return {
    taken,
    leave: async () => {
      await stream.close();
      await consumer.close(true);
    },
  };
}
