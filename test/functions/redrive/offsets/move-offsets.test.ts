import { expect, test } from '@jest/globals';
import { moveOffsets } from '../../../../functions/redrive/operations/move-offsets.ts';
import { planOffsets, type OffsetTarget } from '../../../../functions/redrive/operations/plan-offsets.ts';
import { keyed, RedriveWorld } from '../world.ts';

function aWorld(): RedriveWorld {
  const world = new RedriveWorld();
  for (let offset = 0; offset < 10; offset += 1) {
    world.topicRecords.push(keyed(offset, 'a', { timestamp: 1_000 * offset }));
  }
  world.topicEnd = 10;
  world.committed.set(0, 8);
  return world;
}

const planning = (target: OffsetTarget, partitions: number[] = [0]) =>
  ({ operation: 'planOffsets', consumer: 'billing', target, partitions }) as const;

test('a group continues at the first record of a time, after the difference was shown', async () => {
  const world = aWorld();

  const plan = await planOffsets.run(world.ports(), planning({ kind: 'time', timeMs: 2_500 }));
  const before = world.committed.get(0);
  const moved = await moveOffsets.run(world.ports(), {
    operation: 'moveOffsets',
    consumer: 'billing',
    moves: plan.moves,
  });

  expect({ plan, before, moved, after: world.committed.get(0) }).toEqual({
    plan: {
      groupId: 'billing-group',
      topic: 'order-events',
      members: 0,
      moves: [{ partition: 0, from: 8, to: 3, again: 5, skipped: 0 }],
    },
    before: 8,
    moved: { groupId: 'billing-group', moved: 1 },
    after: 3,
  });
});

test('a group with members is not moved', async () => {
  const world = aWorld();
  const { moves } = await planOffsets.run(world.ports(), planning({ kind: 'earliest' }));
  world.members = 2;

  const moving = moveOffsets.run(world.ports(), { operation: 'moveOffsets', consumer: 'billing', moves });

  await expect(moving).rejects.toThrow(
    'billing-group has 2 members, which would commit over it. Pause its mapping first: orders mappings pause billing',
  );
  expect(world.committed.get(0)).toBe(8);
});

test('a group whose offsets differ from the plan is not moved', async () => {
  const world = aWorld();
  const { moves } = await planOffsets.run(world.ports(), planning({ kind: 'latest' }));
  world.committed.set(0, 9);

  const moving = moveOffsets.run(world.ports(), { operation: 'moveOffsets', consumer: 'billing', moves });

  await expect(moving).rejects.toThrow(
    'billing-group stands at 9 in partition 0 now, and the plan was made for 8. Run the command again and check the new plan.',
  );
  expect(world.committed.get(0)).toBe(9);
});
