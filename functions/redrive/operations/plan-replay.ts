import * as z from 'zod/mini';
import { countOffsets, rangesToReplay, type ReplayRange } from '../replay/replay-ranges.ts';
import type { OperationPorts } from '../ports.ts';
import { consumerOf } from './consumer-of.ts';
import type { Operation } from './operation.ts';

export const replayRange = z.object({ partition: z.int(), first: z.int(), last: z.int() });

/** A place in the topic: an offset of each partition, or a time (epoch milliseconds). */
const topicPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offset'), offset: z.int() }),
  z.strictObject({ kind: z.literal('time'), timeMs: z.int() }),
]);

const request = z.strictObject({
  operation: z.literal('planReplay'),
  consumer: z.string(),
  /** Absent: from the first record that is left. */
  from: z.optional(topicPlace),
  /** The last offset, or the time before which records are; absent: all that the group has read. */
  to: z.optional(topicPlace),
  /** Absent: all. */
  partitions: z.optional(z.array(z.int())),
  /** In place of the others: exactly these offsets. */
  ranges: z.optional(z.array(replayRange)),
});

const answer = z.object({
  groupId: z.string(),
  /** The records that would be replayed. */
  ranges: z.array(replayRange),
  /** Offsets in them; fewer records where some are gone. */
  offsets: z.int(),
  deleted: z.array(replayRange),
  unread: z.array(replayRange),
});

export type ReplayPlace = z.infer<typeof topicPlace>;
export type ReplayPlanRequest = z.infer<typeof request>;
export type ReplayPlan = z.infer<typeof answer>;

/** Says which offsets a replay would read; changes nothing. */
export const planReplay: Operation<typeof request, typeof answer> = {
  request,
  answer,
  run: async (ports, asked) => {
    const { groupId } = consumerOf(ports, asked.consumer);
    const readable = await ports.groups.offsets(groupId);
    const wanted = asked.ranges ?? (await wantedRanges(ports, asked));
    const { ranges, deleted, unread } = rangesToReplay(wanted, readable);
    return {
      groupId,
      ranges: [...ranges],
      offsets: countOffsets(ranges),
      deleted: [...deleted],
      // What comes in after the last commit is not asked for by name.
      unread: asked.ranges === undefined ? [] : [...unread],
    };
  },
};

async function wantedRanges(
  { topic }: OperationPorts,
  { from, to, partitions }: ReplayPlanRequest,
): Promise<readonly ReplayRange[]> {
  const [bounds, firsts, afters] = [
    await topic.bounds(),
    await offsetsOf(topic, from),
    await offsetsOf(topic, to?.kind === 'offset' ? { kind: 'offset', offset: to.offset + 1 } : to),
  ];
  return [...bounds]
    .filter(([partition]) => partitions === undefined || partitions.includes(partition))
    .map(([partition, { start, end }]) => ({
      partition,
      first: firsts(partition) ?? start,
      last: Math.min(end, afters(partition) ?? end) - 1,
    }))
    .filter(({ first, last }) => first <= last);
}

async function offsetsOf(
  topic: OperationPorts['topic'],
  place: ReplayPlace | undefined,
): Promise<(partition: number) => number | undefined> {
  if (place === undefined) return () => undefined;
  if (place.kind === 'offset') return () => place.offset;
  const offsets = await topic.offsetsAt(place.timeMs);
  return (partition) => offsets.get(partition);
}
