import * as z from 'zod/mini';
import type { OffsetMove } from '../offsets/plan-offset-moves.ts';
import type { GroupOffsets } from '../ports.ts';
import { consumerOf } from './consumer-of.ts';
import { OperationRefused, type Operation } from './operation.ts';
import { offsetMove } from './plan-offsets.ts';

const request = z.strictObject({
  operation: z.literal('moveOffsets'),
  consumer: z.string(),
  /** As the plan showed them to a person. */
  moves: z.array(offsetMove),
});

const answer = z.object({ groupId: z.string(), moved: z.int() });

/**
 * Lets a consumer's group go on where a plan says. Refused while the group has members, as they would commit over it, and
 * when the group stands elsewhere than the plan was made for.
 */
export const moveOffsets: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, { consumer: name, moves }) => {
    const { groupId } = consumerOf(ports, name);
    const members = await ports.groups.members(groupId);
    if (members > 0) {
      throw new OperationRefused(
        `${groupId} has ${members} members, which would commit over it. Pause its mapping first: orders mappings pause ${name}`,
      );
    }
    requireSamePlace(groupId, moves, await ports.groups.offsets(groupId));
    const needed = moves.filter(({ from, to }) => from !== to);
    if (needed.length > 0) {
      await ports.groups.move(groupId, new Map(needed.map(({ partition, to }) => [partition, to])));
    }
    return { groupId, moved: needed.length };
  },
};

function requireSamePlace(groupId: string, moves: readonly OffsetMove[], now: readonly GroupOffsets[]): void {
  const committed = new Map(now.map((offsets) => [offsets.partition, offsets.committed]));
  const changed = moves.find(({ partition, from }) => committed.get(partition) !== from);
  if (changed === undefined) return;
  throw new OperationRefused(
    `${groupId} stands at ${committed.get(changed.partition) ?? 'no offset'} in partition ${changed.partition} now, and the plan was ` +
      `made for ${changed.from ?? 'no offset'}. Run the command again and check the new plan.`,
  );
}
