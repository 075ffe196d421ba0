import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addPartitions, partitionCount, readGroups, topicEnds, withAdmin } from '@order-events/kafka-tools';
import type { Target } from '../connection/target.ts';
import { localDirectory } from '../project-folders.ts';
import { growthNotes } from './growth-notes.ts';
import type { GrowthPorts } from './grow-topic.ts';

/** What a growth needs of the brokers of the local environment. @param hears - whoever waits for it. */
export async function growthPorts(
  { kafka: connect, outputs: { topicName } }: Target,
  hears: Pick<GrowthPorts, 'tell' | 'waiting'>,
): Promise<GrowthPorts> {
  const kafka = await connect();
  return {
    partitionCount: () => withAdmin(kafka, (admin) => partitionCount(admin, topicName)),
    ends: () => withAdmin(kafka, (admin) => topicEnds(admin, topicName)),
    groups: () => readGroups(kafka),
    raise: (partitions) => withAdmin(kafka, (admin) => addPartitions(admin, topicName, partitions)),
    notes: growthNotes(join(localDirectory, 'topic-growth.json')),
    now: Date.now,
    pause: async (ms) => {
      await sleep(ms);
    },
    ...hears,
  };
}
