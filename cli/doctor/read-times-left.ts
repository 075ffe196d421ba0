import { openTimeLeftReader, type GroupReport, type GroupTimeLeft } from '@order-events/kafka-tools';
import type { Target } from '../connection/target.ts';

/** Asks for more than the rest of the status: what may not be read is no reason to show nothing. */
export async function readTimesLeft(
  { kafka, brokers, outputs: { topicName } }: Target,
  groups: readonly GroupReport[],
): Promise<readonly GroupTimeLeft[]> {
  const reader = openTimeLeftReader(await kafka(), brokers);
  try {
    return (await reader.read(topicName, groups, Date.now())).groups;
  } catch (error) {
    const timeLeft = { kind: 'unknown', reason: String(error) } as const;
    return groups.map(({ groupId }) => ({ groupId, timeLeft }));
  } finally {
    await reader.close();
  }
}
