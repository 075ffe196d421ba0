import { moveGroup, readGroups, withAdmin } from '@order-events/kafka-tools';
import type { Taken } from './intruder.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Lets a group go back to the first of these records in each partition: what was handled before dedupes. */
export async function handleAgain(
  rehearsal: Rehearsal,
  groupId: string,
  taken: readonly Taken[],
): Promise<void> {
  const { target } = rehearsal.world;
  const first = new Map<number, number>();
  for (const { partition, offset } of taken) {
    first.set(partition, Math.min(first.get(partition) ?? offset, offset));
  }
  await rehearsal.world.setPollers(groupId, 0);
  await rehearsal.mustCome(`${groupId} without members`, async () => {
    const group = (await readGroups(await target.kafka())).find((one) => one.groupId === groupId);
    return group?.state === 'Empty';
  });
  const topic = target.outputs.topicName;
  await withAdmin(await target.kafka(), (admin) => moveGroup(admin, { groupId, topic, offsets: first }));
  await rehearsal.world.setPollers(groupId, null);
}
