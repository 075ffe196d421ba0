import { lagOf, type PartitionOffsets } from '@order-events/kafka-tools';

/** The lag of a consumer group on a topic, as AWS reports it. */
export interface ReportedLag {
  /** The largest of one partition. */
  readonly maximum: number;
  /** Over all partitions. */
  readonly sum: number;
}

/**
 * Calculates the lag over the partitions that have a commit; unknown while none has.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (`MaxOffsetLag`, `SumOffsetLag`)
 */
export function reportedLag(partitions: readonly PartitionOffsets[]): ReportedLag | 'unknown' {
  const lags = partitions.flatMap((partition) => reportedPartitionLag(partition) ?? []);
  if (lags.length === 0) return 'unknown';
  return { maximum: Math.max(...lags), sum: lags.reduce((sum, lag) => sum + lag, 0) };
}

/** The latest offset minus the committed one, deleted records included; undefined before the first commit. */
export function reportedPartitionLag({ committed, ...range }: PartitionOffsets): number | undefined {
  const lag = lagOf(committed, range);
  return committed === undefined || lag.kind === 'unknown' ? undefined : lag.lag + lag.expired;
}
