/** How far a consumer group is in one partition. */
export interface PartitionOffsets {
  readonly partition: number;
  /** The first offset that retention has left. */
  readonly logStart: number;
  /** The next offset to be written. */
  readonly end: number;
  /** The next offset the group reads; null before its first commit. */
  readonly committed: number | null;
}

/** Records that were written and not committed yet. */
export interface OffsetLag {
  /** The largest of one partition. */
  readonly maximum: number;
  /** Over all partitions. */
  readonly sum: number;
}

/**
 * The lag over the partitions that have a commit; unknown while none has. A commit may be ahead of an end that was
 * read a moment before it, which is no lag.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (`MaxOffsetLag`, `SumOffsetLag`)
 */
export function offsetLag(partitions: readonly PartitionOffsets[]): OffsetLag | 'unknown' {
  const lags = partitions.flatMap(({ end, committed }) =>
    committed === null ? [] : [Math.max(0, end - committed)],
  );
  if (lags.length === 0) return 'unknown';
  return { maximum: Math.max(...lags), sum: lags.reduce((sum, lag) => sum + lag, 0) };
}

/** The records that wait, of partitions without a commit too: all that the log holds of them. */
export function backlog(partitions: readonly PartitionOffsets[]): number {
  return partitions.reduce(
    (sum, { logStart, end, committed }) => sum + Math.max(0, end - Math.max(committed ?? logStart, logStart)),
    0,
  );
}
