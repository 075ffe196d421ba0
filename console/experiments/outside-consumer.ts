import { Consumer, MessagesStreamModes, MessagesStreamFallbackModes } from '@platformatic/kafka';
import {
  rangeAssigner,
  RANGE_ASSIGNOR,
} from '../../local/event-source-mapping/poller/consumer/range-assigner.ts';

const SESSION_TIMEOUT_MS = 6_000;

/**
 * Joins a group as a client that has nothing to do with its mapping, reads what it gets and drops it. It commits nothing:
 * in a group of others, what it read is read again by them once it has left.
 *
 * @returns what lets it leave. @throws the client's error when it cannot join.
 */
export async function joinFromOutside(
  brokers: readonly string[],
  topic: string,
  groupId: string,
): Promise<() => Promise<void>> {
  const consumer = new Consumer({
    clientId: 'outside-consumer',
    groupId,
    bootstrapBrokers: [...brokers],
    protocols: [{ name: RANGE_ASSIGNOR, version: 0 }],
    partitionAssigner: rangeAssigner,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: SESSION_TIMEOUT_MS / 6,
  });
  try {
    const stream = await consumer.consume({
      topics: [topic],
      mode: MessagesStreamModes.COMMITTED,
      fallbackMode: MessagesStreamFallbackModes.EARLIEST,
      autocommit: false,
    });
    stream.on('error', () => undefined);
    stream.resume();
    return async () => {
      await stream.close();
      await consumer.close(true);
    };
  } catch (error) {
    await consumer.close(true).catch(() => undefined);
    throw error;
  }
}
