import {
  rangeAssigner,
  RANGE_ASSIGNOR,
} from '../../local/event-source-mapping/poller/consumer/range-assigner.ts';

/** How a client joins a group that is not its own. */
export interface OutsideConsumer {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly groupId: string;
  readonly clientId: string;
  /** Milliseconds; absent: the client's own default. */
  readonly sessionTimeoutMs?: number;
  /** Commits what it read. Without it the group's own members read that again once it has left. */
  readonly commits: boolean;
  /** Hears of each record that it read; the record's content is dropped. */
  readonly onRecord: (partition: number, offset: number) => void;
}

/**
 * Joins a group as a client that has nothing to do with its mapping, with the assignor of the pollers, so that the group
 * takes it in.
 *
 * @returns what lets it leave. @throws the client's error when it cannot join.
 */
export async function joinFromOutside({
  brokers,
  topic,
  groupId,
  clientId,
  sessionTimeoutMs,
  commits,
  onRecord,
}: OutsideConsumer): Promise<() => Promise<void>> {
  // Loaded with the first experiment: no start waits for it.
  const { Consumer, MessagesStreamModes, MessagesStreamFallbackModes } = await import('@platformatic/kafka');
  const consumer = new Consumer({
    clientId,
    groupId,
    bootstrapBrokers: [...brokers],
    protocols: [{ name: RANGE_ASSIGNOR, version: 0 }],
    partitionAssigner: rangeAssigner,
    ...(sessionTimeoutMs === undefined
      ? {}
      : { sessionTimeout: sessionTimeoutMs, heartbeatInterval: sessionTimeoutMs / 6 }),
  });
  try {
    const stream = await consumer.consume({
      topics: [topic],
      mode: MessagesStreamModes.COMMITTED,
      fallbackMode: MessagesStreamFallbackModes.EARLIEST,
      autocommit: commits,
    });
    stream.on('error', () => undefined);
    stream.on('data', ({ partition, offset }) => {
      onRecord(partition, Number(offset));
    });
    return async () => {
      await stream.close();
      await consumer.close(true);
    };
  } catch (error) {
    await consumer.close(true).catch(() => undefined);
    throw error;
  }
}
