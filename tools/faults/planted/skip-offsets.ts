import { withAdmin } from '@order-events/kafka-tools';
import { waitFor } from '../../../local/helpers/wait-for.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { World } from '../../../cli/drill/world/world.ts';

const SKIPPED = 3;
const EMPTY_WITHIN_MS = 60_000;
const RECORDS_FIRST_MS = 4_000;

/** Moves the first group's offsets forward while it has no member, like a member that skips records. */
export function skipOffsets(consumers: readonly { readonly consumerGroupId: string }[]): Scenario['disturb'] {
  return async (world, { pause }) => {
    const [group] = consumers.map(({ consumerGroupId }) => consumerGroupId);
    if (group === undefined) return;
    await world.setPollers(group, 0);
    await waitFor(async () => (await pollersOf(world, group)) === 0, {
      what: `${group} to have no member`,
      timeoutMs: EMPTY_WITHIN_MS,
    });
    // Wait for records that the group would read next.
    await pause(RECORDS_FIRST_MS);
    await moveForward(world, group);
    await world.setPollers(group, null);
  };
}

async function pollersOf(world: World, group: string): Promise<number> {
  const mappings = await world.control.mappings();
  return mappings.find(({ consumerGroupId }) => consumerGroupId === group)?.pollers.length ?? 0;
}

async function moveForward({ target }: World, groupId: string): Promise<void> {
  const topic = target.outputs.topicName;
  await withAdmin(await target.kafka(), async (admin) => {
    const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const ends = new Map(
      (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
    );
    const partitions = (committed?.partitions ?? []).map(({ partition, offset }) => ({
      partition,
      offset: String(Math.min(ends.get(partition) ?? 0, Math.max(0, Number(offset)) + SKIPPED)),
    }));
    await admin.setOffsets({ groupId, topic, partitions });
  });
}
