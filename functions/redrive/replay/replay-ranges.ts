/** Offsets of one partition, both included. */
export interface ReplayRange {
  readonly partition: number;
  readonly first: number;
  readonly last: number;
}

/** The offsets of a partition and its group. */
export interface ReadableOffsets {
  readonly partition: number;
  /** The first offset that is left. */
  readonly start: number;
  /** The next offset that the group reads; undefined before its first commit. */
  readonly committed: number | undefined;
}

/** The part of the requested offsets that can be replayed. */
export interface RangesToReplay {
  /** By partition and offset, without overlaps. */
  readonly ranges: readonly ReplayRange[];
  /** Retention has deleted them. */
  readonly deleted: readonly ReplayRange[];
  /** The group has not read them: the mapping will deliver them anyway. */
  readonly unread: readonly ReplayRange[];
}

/** Splits wanted offsets by what has become of them. */
export function rangesToReplay(
  wanted: readonly ReplayRange[],
  readable: readonly ReadableOffsets[],
): RangesToReplay {
  const places = new Map(readable.map((one) => [one.partition, one]));
  const parts = mergeRanges(wanted).map((range) => {
    const { start = 0, committed = 0 } = places.get(range.partition) ?? {};
    return {
      deleted: between(range, 0, start),
      ranges: between(range, start, committed),
      unread: between(range, Math.max(start, committed), Number.POSITIVE_INFINITY),
    };
  });
  return {
    deleted: parts.flatMap(({ deleted }) => deleted),
    ranges: parts.flatMap(({ ranges }) => ranges),
    unread: parts.flatMap(({ unread }) => unread),
  };
}

/** The part of a range from one offset on and before another. */
function between(
  { partition, first, last }: ReplayRange,
  from: number,
  before: number,
): readonly ReplayRange[] {
  const part = { partition, first: Math.max(first, from), last: Math.min(last, before - 1) };
  return part.first <= part.last ? [part] : [];
}

/** The same offsets by partition and offset, with neighbours and overlaps in one range. */
export function mergeRanges(ranges: readonly ReplayRange[]): readonly ReplayRange[] {
  const sorted = ranges.toSorted((a, b) => a.partition - b.partition || a.first - b.first);
  const merged: ReplayRange[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (before?.partition === range.partition && range.first <= before.last + 1) {
      merged[merged.length - 1] = { ...before, last: Math.max(before.last, range.last) };
    } else merged.push(range);
  }
  return merged;
}

/** Offsets in the ranges; a compacted topic, or one with transactions, has fewer records. */
export function countOffsets(ranges: readonly ReplayRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** `3:120-180`, or `3:120` for one offset. */
export function rangeText({ partition, first, last }: ReplayRange): string {
  return first === last ? `${partition}:${first}` : `${partition}:${first}-${last}`;
}
