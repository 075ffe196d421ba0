import type { GroupReport, GroupTimeLeft } from '@order-events/kafka-tools';
import type { Sample } from './sample.ts';

/** A value that was read, or the reason why it could not be read. */
export type Known<T> =
  { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly reason: string };

/** The input of the checks: plain data, read in advance. */
export interface Facts {
  /** Epoch milliseconds of the newest reading. */
  readonly takenAt: number;
  readonly topic: TopicFacts;
  /** The expected groups of the stage. */
  readonly consumers: readonly ExpectedGroup[];
  /** Every group on the brokers. */
  readonly groups: readonly GroupReport[];
  /** Earlier readings, the oldest first. */
  readonly earlier: readonly Sample[];
  readonly mappings: Known<readonly MappingFacts[]>;
  readonly keys: Known<KeyShares>;
  /** The time for which each group's oldest unread record is kept. */
  readonly timesLeft: Known<readonly GroupTimeLeft[]>;
}

export interface TopicFacts {
  readonly name: string;
  readonly partitions: number;
}

export interface ExpectedGroup {
  /** Of the consumer, such as `billing`. */
  readonly name: string;
  readonly groupId: string;
}

/** An event source mapping as its endpoint describes it. */
export interface MappingFacts {
  readonly uuid: string;
  readonly functionName: string;
  readonly groupId: string;
  readonly topic: string;
  /** Lambda's own word, such as `Enabled`. */
  readonly state: string;
  /** The maximum number of its members in the group; unknown when not configured. */
  readonly mostPollers: number | undefined;
  readonly pollers: Known<readonly PollerFacts[]>;
}

/** The marks of a poller at the brokers. Each of them identifies it. */
export interface PollerFacts {
  readonly clientId: string;
  /** Absent before the first assignment. */
  readonly memberId?: string | undefined;
}

/** The distribution of the topic's newest records over keys. */
export interface KeyShares {
  /** The number of records read. */
  readonly records: number;
  /** The most frequent keys first. */
  readonly top: readonly { readonly key: string; readonly partition: number; readonly records: number }[];
}
