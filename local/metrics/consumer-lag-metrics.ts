import type { PartitionOffsets } from '@order-events/kafka-tools';
import type { Metric } from './metric.ts';
import { reportedLag, reportedPartitionLag } from './reported-lag.ts';

/** The lag of a consumer group, from the brokers' answers. */
export interface GroupMeasurement {
  /** Undefined for a cluster with Express brokers, whose lag metrics do not have it among their dimensions. */
  readonly clusterName: string | undefined;
  readonly consumerGroupId: string;
  readonly topic: string;
  /** In Kafka's words, such as `Stable`. */
  readonly groupState: string;
  readonly partitions: readonly PartitionOffsets[];
  /** The same `elapsedSeconds` ago; empty the first time. */
  readonly partitionsBefore: readonly PartitionOffsets[];
  readonly elapsedSeconds: number;
}

const STATES_WITH_LAG: ReadonlySet<string> = new Set(['Stable', 'Empty']);
/** Printable ASCII but the colon. */
const NAME_WITH_LAG = /^[!-9;-~ ]+$/;

/**
 * Amazon MSK's consumer lag metrics. There are none while the group rebalances, before its first commit, or when its
 * name has a colon or a character that is not ASCII.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details-express.html
 */
export function consumerLagMetrics(group: GroupMeasurement): readonly Metric[] {
  const { clusterName, consumerGroupId, topic, groupState, partitions } = group;
  if (!STATES_WITH_LAG.has(groupState) || !NAME_WITH_LAG.test(consumerGroupId)) return [];
  const lag = reportedLag(partitions);
  if (lag === 'unknown') return [];
  const metric = {
    namespace: 'AWS/Kafka',
    dimensions: {
      ...(clusterName === undefined ? {} : { 'Cluster Name': clusterName }),
      'Consumer Group': consumerGroupId,
      Topic: topic,
    },
    unit: 'Count',
  } as const;
  const seconds = drainSeconds(group);
  return [
    { ...metric, name: 'MaxOffsetLag', value: lag.maximum },
    { ...metric, name: 'SumOffsetLag', value: lag.sum },
    ...(seconds === undefined
      ? []
      : [{ ...metric, name: 'EstimatedMaxTimeLag', unit: 'Seconds', value: seconds } as const]),
  ];
}

/** How long the slowest partition takes at its pace of now; `undefined` when one that lags does not move at all. */
function drainSeconds({
  partitions,
  partitionsBefore,
  elapsedSeconds,
}: GroupMeasurement): number | undefined {
  const before = new Map(partitionsBefore.map(({ partition, committed }) => [partition, committed]));
  const seconds = partitions.flatMap((offsets) => {
    const { partition, committed } = offsets;
    const lag = reportedPartitionLag(offsets);
    if (committed === undefined || lag === undefined) return [];
    const pace = (committed - (before.get(partition) ?? committed)) / elapsedSeconds;
    return [lag === 0 ? 0 : lag / pace];
  });
  const slowest = Math.max(...seconds);
  return Number.isFinite(slowest) ? slowest : undefined;
}
