/** Records of one partition that a group has still to read, with the evidence for the figure. */
export type OffsetLag =
  | {
      readonly kind: 'known';
      /** Records that are there and that the group has not committed. */
      readonly lag: number;
      /** Records that retention deleted before the group committed them. */
      readonly expired: number;
      /** The next offset to read; none when the group never committed here, and then all records count. */
      readonly committed: number | undefined;
      /** The first offset that the partition still has. */
      readonly start: number;
      /** The offset that the next record will get. */
      readonly end: number;
    }
  | { readonly kind: 'unknown'; readonly reason: LagUnknownReason };

export type LagUnknownReason = 'topic-gone' | 'offsets-unavailable' | 'commits-unavailable';

/** The lag of a whole group; it is only known when that of each partition is. */
export type TotalLag =
  | { readonly kind: 'known'; readonly lag: number }
  | { readonly kind: 'unknown'; readonly atLeast: number; readonly reasons: readonly LagUnknownReason[] };

/** Where a partition begins and ends. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The lag of one partition. Records that retention has deleted are counted apart, as no one can read them any more. A commit
 * may be ahead of an end that was read a moment earlier, which is no lag.
 *
 * @param committed - undefined for a group that never committed here: then every record that is there counts.
 */
export function lagOf(committed: number | undefined, { start, end }: OffsetRange): OffsetLag {
  const next = Math.max(committed ?? start, start);
  const expired = next - (committed ?? start);
  return { kind: 'known', lag: Math.max(0, end - next), expired, committed, start, end };
}

/** The lag of a whole group. */
export function totalLag(lags: readonly OffsetLag[]): TotalLag {
  const sum = lags.reduce((total, lag) => total + (lag.kind === 'known' ? lag.lag : 0), 0);
  const reasons = new Set(lags.flatMap((lag) => (lag.kind === 'unknown' ? [lag.reason] : [])));
  return reasons.size === 0
    ? { kind: 'known', lag: sum }
    : { kind: 'unknown', atLeast: sum, reasons: [...reasons].toSorted() };
}
