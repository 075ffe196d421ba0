import {
  openTimeLeftReader,
  type GroupReport,
  type GroupTimeLeft,
  type TopicRetention,
} from '@order-events/kafka-tools';
import type { Target } from '../connection/target.ts';

/** Asks for more than the rest of the status: what may not be read is no reason to show nothing. */
export async function readTimesLeft(
  { kafka, brokers, outputs: { topicName } }: Target,
  groups: readonly GroupReport[],
): Promise<{
  readonly timesLeft: readonly GroupTimeLeft[];
  /** Of the topic; undefined where it is not known. */
  readonly retention: TopicRetention | undefined;
}> {
  const reader = openTimeLeftReader(await kafka(), brokers);
  try {
    const { groups: timesLeft, retention } = await reader.read(topicName, groups, Date.now());
    return { timesLeft, retention };
  } catch (error) {
    const timeLeft = { kind: 'unknown', reason: String(error) } as const;
    return { timesLeft: groups.map(({ groupId }) => ({ groupId, timeLeft })), retention: undefined };
  } finally {
    await reader.close();
  }
}
