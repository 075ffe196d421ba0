/** The number of records of one partition that a group has not read, with the offsets behind it. */
export type OffsetLag =
  | {
      readonly kind: 'known';
      /** Existing records that the group has not committed. */
      readonly lag: number;
      /** Records that retention deleted before the group committed them. */
      readonly expired: number;
      /** The next offset to read; absent when the group never committed here, in which case all records count. */
      readonly committed: number | undefined;
      /** The first offset that the partition still contains. */
      readonly start: number;
      /** The offset of the next record. */
      readonly end: number;
    }
  | { readonly kind: 'unknown'; readonly reason: LagUnknownReason };

export type LagUnknownReason = 'topic-gone' | 'offsets-unavailable' | 'commits-unavailable';

/** The lag of a whole group; known only when the lag of each partition is known. */
export type TotalLag =
  | { readonly kind: 'known'; readonly lag: number }
  | { readonly kind: 'unknown'; readonly atLeast: number; readonly reasons: readonly LagUnknownReason[] };

/** The first and end offsets of a partition. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Calculates the lag of one partition. Records that retention has deleted are counted separately, because nobody can
 * read them any more. A commit may be ahead of an end offset that was read a moment earlier; that counts as no lag.
 *
 * @param committed - undefined for a group that never committed here; then every existing record counts.
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
