import type { GroupOffsets } from '../ports.ts';

/** The target position of a group. */
export type MoveTarget =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** So many records further, or back when negative. */
  | { readonly kind: 'shift'; readonly by: number }
  /** By partition, the first offset of a time; a partition that is missing stays where it is. */
  | { readonly kind: 'offsets'; readonly offsets: ReadonlyMap<number, number> };

/** The effect of a move on one partition. */
export interface OffsetMove {
  readonly partition: number;
  /** The next offset to read now; absent before the first commit. */
  readonly from?: number | undefined;
  /** The next offset to read after it. */
  readonly to: number;
  /** Records that will be read again. */
  readonly again: number;
  /** Records that will not be read any more. */
  readonly skipped: number;
}

/**
 * Plans where a group goes on in each partition; never outside of the records that are there. A group without a commit
 * begins at the first record that is left, as the mappings here do.
 */
export function planOffsetMoves(
  partitions: readonly GroupOffsets[],
  target: MoveTarget,
): readonly OffsetMove[] {
  return partitions.flatMap((offsets) => {
    const to = targetOffset(offsets, target);
    return to === undefined ? [] : [moveOf(offsets, to)];
  });
}

function targetOffset(offsets: GroupOffsets, target: MoveTarget): number | undefined {
  const { partition, start, end } = offsets;
  const within = (offset: number): number => Math.min(end, Math.max(start, offset));
  switch (target.kind) {
    case 'earliest':
      return start;
    case 'latest':
      return end;
    case 'shift':
      return within(position(offsets) + target.by);
    case 'offsets': {
      const offset = target.offsets.get(partition);
      return offset === undefined ? undefined : within(offset);
    }
  }
}

function moveOf(offsets: GroupOffsets, to: number): OffsetMove {
  const from = position(offsets);
  return {
    partition: offsets.partition,
    ...(offsets.committed === undefined ? {} : { from: offsets.committed }),
    to,
    again: Math.max(0, from - to),
    skipped: Math.max(0, to - from),
  };
}

/** Returns the offset at which the group would continue without a move. */
function position({ committed, start }: GroupOffsets): number {
  return Math.max(committed ?? start, start);
}
