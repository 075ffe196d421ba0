import type { GroupMove, PartitionOffsets } from '@order-events/kafka-tools';
import type { GroupOffsets } from '../plan/last-run.ts';

/** A group and the topic that it reads. */
export interface ReadTopic {
  readonly consumerGroupId: string;
  readonly topic: string;
}

/** The committed offsets of a group in its topic. */
export interface GroupPosition extends ReadTopic {
  readonly offsets: readonly PartitionOffsets[];
}

/** A group that must read records again. */
export interface MoveBack extends GroupMove {
  /** The number of those records. */
  readonly records: number;
}

/**
 * Plans the moves that reset groups to earlier offsets. A partition without an earlier offset is reset to its first
 * record; none ever moves forward.
 */
export function movesBack(positions: readonly GroupPosition[], baseline: GroupOffsets): readonly MoveBack[] {
  return positions.flatMap(({ consumerGroupId, topic, offsets }) => {
    const then = baseline[consumerGroupId]?.[topic] ?? {};
    const back = offsets.flatMap(({ partition, start, committed }) => {
      const target = Math.max(start, then[partition] ?? start);
      return committed === undefined || committed <= target ? [] : [{ partition, target, committed }];
    });
    if (back.length === 0) return [];
    return [
      {
        groupId: consumerGroupId,
        topic,
        offsets: new Map(back.map(({ partition, target }) => [partition, target])),
        records: back.reduce((sum, { committed, target }) => sum + committed - target, 0),
      },
    ];
  });
}

/** Converts the offsets of groups to the form in which they are stored. */
export function baselineOf(positions: readonly GroupPosition[]): GroupOffsets {
  const baseline: Record<string, Record<string, Record<string, number>>> = {};
  for (const { consumerGroupId, topic, offsets } of positions) {
    const committed = offsets.flatMap((each) =>
      each.committed === undefined ? [] : [[String(each.partition), each.committed] as const],
    );
    (baseline[consumerGroupId] ??= {})[topic] = Object.fromEntries(committed);
  }
  return baseline;
}
