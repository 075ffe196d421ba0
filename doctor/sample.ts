import type { GroupReport } from '@order-events/kafka-tools';
import * as z from 'zod/mini';

/** The state of a group in one topic at one moment. */
const groupSample = z.object({
  groupId: z.string(),
  /** In Kafka's words. */
  state: z.string(),
  members: z.array(z.string()),
  partitions: z.array(
    z.object({
      partition: z.int(),
      /** Absent before the first commit. */
      committed: z.optional(z.int()),
      end: z.int(),
      /** The id of the member that reads it. */
      owner: z.optional(z.string()),
    }),
  ),
});

/** An earlier reading of the groups of a topic, with which a check compares the present one. */
export const sample = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  groups: z.array(groupSample),
});

export type Sample = z.infer<typeof sample>;
export type GroupSample = Sample['groups'][number];

/** Reduces a reading to a sample. Partitions with unknown offsets are left out. */
export function sampleOf(groups: readonly GroupReport[], topic: string, at: number): Sample {
  return {
    at,
    groups: groups.flatMap(({ groupId, state, members, partitions }) => {
      const ofTopic = partitions.filter((one) => one.topic === topic);
      if (ofTopic.length === 0) return [];
      return {
        groupId,
        state,
        members: members.map(({ memberId }) => memberId),
        partitions: ofTopic.flatMap(({ partition, memberId, lag }) =>
          lag.kind === 'unknown'
            ? []
            : [
                {
                  partition,
                  end: lag.end,
                  ...(lag.committed === undefined ? {} : { committed: lag.committed }),
                  ...(memberId === undefined ? {} : { owner: memberId }),
                },
              ],
        ),
      };
    }),
  };
}

const MOST_KEPT = 120;
const KEPT_MS = 3_600_000;

/** Adds a reading to earlier ones, and drops old ones: it keeps one hour, and at most 120. */
export function remember(earlier: readonly Sample[], newest: Sample): readonly Sample[] {
  return [...earlier, newest].filter(({ at }) => newest.at - at <= KEPT_MS).slice(-MOST_KEPT);
}

/** Lists all readings of one group, oldest first, with the present one at the end. */
export function readingsOf(
  groupId: string,
  facts: {
    readonly earlier: readonly Sample[];
    readonly groups: readonly GroupReport[];
    readonly topic: { readonly name: string };
    readonly takenAt: number;
  },
): readonly GroupReading[] {
  const present = sampleOf(facts.groups, facts.topic.name, facts.takenAt);
  const readings: GroupReading[] = [];
  for (const { at, groups } of [...facts.earlier, present]) {
    const group = groups.find((one) => one.groupId === groupId);
    if (group !== undefined) readings.push({ ...group, at });
  }
  return readings;
}

export interface GroupReading extends GroupSample {
  /** Epoch milliseconds. */
  readonly at: number;
}
