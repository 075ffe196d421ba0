import type { ConsumerGroupId, TopicName } from './identifiers.ts';
import type { ConsumerName } from './topology.ts';

/** One topic and everybody who consumes it. */
export interface Topology {
  readonly topic: TopicSpec;
  readonly consumers: readonly ConsumerSpec[];
}

export interface TopicSpec {
  readonly name: TopicName;
  readonly partitions: number;
  /** Brokers that hold a copy of each partition. */
  readonly replicationFactor: number;
  /** Copies that must have a record before the producer is told that it is safe. */
  readonly minInSyncReplicas: number;
  /** How long the topic keeps a record. */
  readonly retentionHours: number;
  /** Largest record batch the topic accepts. */
  readonly maxMessageBytes: number;
  /** Every partition count the topic ever had, oldest first. */
  readonly partitionHistory: readonly PartitionCount[];
}

/**
 * A partition count and how it came about. Growing a topic sends most keys to another partition, so the events of one
 * order may lie on two partitions: each growth names the document that says how order was kept meanwhile.
 */
export type PartitionCount =
  | { readonly kind: 'created'; readonly partitions: number }
  | { readonly kind: 'grown'; readonly partitions: number; readonly migration: string };

/** @typeParam Name - one of the topology's own names, but where these are read from. */
export interface ConsumerSpec<Name extends string = ConsumerName> {
  readonly name: Name;
  readonly consumerGroupId: ConsumerGroupId;
  /** The file that exports `handler`, from the root of the repository. */
  readonly handlerEntry: string;
  readonly functionTimeoutSeconds: number;
  readonly functionMemoryMegabytes: number;
  /** Most records in one invocation, over all partitions. */
  readonly batchSize: number;
  readonly pace: Pace;
  /** How long a batch may wait to fill. 0 takes what is there. */
  readonly maxBatchingWindowSeconds: number;
  /** Attempts after the first one. */
  readonly retryAttempts: number;
  /** A record older than this is given up, whatever its attempts. */
  readonly maxRecordAgeHours: number;
  readonly deadLetterRetentionDays: number;
  readonly dedupe: DedupeLifetime;
  /** Write units of its table for an order: an item of up to 1 KB is one, and two in a transaction. For the cost of a month. */
  readonly writesPerOrder: number;
}

/** How a function works through a batch. Its environment carries all but the first; `functions/kafka/run-policy.ts` uses them. */
export interface Pace {
  /** How long a run takes at the slowest: a full batch must still fit the timeout. */
  readonly runMilliseconds: number;
  /** Runs in progress at once. */
  readonly maxConcurrentRuns: number;
  /** Records handed over together: 1 goes record by record. */
  readonly maxRecordsPerRun: number;
  /** What must remain of the invocation for a run to be started. */
  readonly minRemainingMilliseconds: number;
}

/** How long the table remembers what was done, which is how late a duplicate is still recognized. */
export type DedupeLifetime =
  { readonly kind: 'forEver' } | { readonly kind: 'expires'; readonly afterDays: number };
