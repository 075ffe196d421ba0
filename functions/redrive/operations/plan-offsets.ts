import * as z from 'zod/mini';
import { planOffsetMoves, type MoveTarget } from '../offsets/plan-offset-moves.ts';
import type { OperationPorts } from '../ports.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('earliest') }),
  z.strictObject({ kind: z.literal('latest') }),
  z.strictObject({ kind: z.literal('shift'), by: z.int() }),
  /** Epoch milliseconds: the first record as young as that. */
  z.strictObject({ kind: z.literal('time'), timeMs: z.int() }),
]);

const request = z.strictObject({
  operation: z.literal('planOffsets'),
  consumer: z.string(),
  target,
  /** Absent: all. */
  partitions: z.optional(z.array(z.int())),
});

export const offsetMove = z.object({
  partition: z.int(),
  from: z.optional(z.int()),
  to: z.int(),
  again: z.int(),
  skipped: z.int(),
});

const answer = z.object({
  groupId: z.string(),
  topic: z.string(),
  /** Members of the group at this moment; a group with members cannot be moved. */
  members: z.int(),
  moves: z.array(offsetMove),
});

export type OffsetTarget = z.infer<typeof target>;
export type OffsetPlan = z.infer<typeof answer>;

/** Shows where a consumer's group would go on in each partition; changes nothing. */
export const planOffsets: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, { consumer: name, target: wanted, partitions }) => {
    const { groupId } = consumerOf(ports, name);
    const offsets = (await ports.groups.offsets(groupId)).filter(
      ({ partition }) => partitions === undefined || partitions.includes(partition),
    );
    return {
      groupId,
      topic: ports.topic.name,
      members: await ports.groups.members(groupId),
      moves: [...planOffsetMoves(offsets, await moveTarget(ports, wanted))],
    };
  },
};

async function moveTarget({ topic }: OperationPorts, wanted: OffsetTarget): Promise<MoveTarget> {
  return wanted.kind === 'time' ? { kind: 'offsets', offsets: await topic.offsetsAt(wanted.timeMs) } : wanted;
}
