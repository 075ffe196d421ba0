/** The conditions of one minute of a series. A series changes what it needs; the rest is a healthy minute. */
export interface Conditions {
  /** Records that arrive, over all partitions. */
  readonly arrivals: number;
  /** Records that the consumer can handle, over all partitions. */
  readonly capacity: number;
  /** Whether the mapping polls. Without it the group is empty. */
  readonly polls: boolean;
  /** Partitions that stand still. */
  readonly stuck: readonly number[];
  /** In Kafka's words; MSK publishes the lag only while a group is `Stable` or `Empty`. */
  readonly groupState: 'Stable' | 'Empty' | 'PreparingRebalance';
  /** Whether MSK publishes lag metrics at all. */
  readonly lagPublished: boolean;
  /** The lag that MSK reports, where it is wrong. */
  readonly reportedLag: number | undefined;
  /** Strangers that the sampler finds. */
  readonly intruders: number;
  readonly deadLettersSent: number;
  readonly deliveriesFailed: number;
  readonly recordsDropped: number;
  readonly errors: number;
  readonly pollingErrors: number;
}

export const healthy: Conditions = {
  arrivals: 600,
  capacity: 6_600,
  polls: true,
  stuck: [],
  groupState: 'Stable',
  lagPublished: true,
  reportedLag: undefined,
  intruders: 0,
  deadLettersSent: 0,
  deliveriesFailed: 0,
  recordsDropped: 0,
  errors: 0,
  pollingErrors: 0,
};
