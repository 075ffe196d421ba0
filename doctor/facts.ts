import type { GroupReport, GroupTimeLeft } from '@order-events/kafka-tools';
import type { Sample } from './sample.ts';

/** Something that was read, or why it could not be. */
export type Known<T> =
  { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly reason: string };

/** What the checks look at: plain data, gathered beforehand. */
export interface Facts {
  /** Epoch milliseconds of the newest reading. */
  readonly takenAt: number;
  readonly topic: TopicFacts;
  /** The groups that the stage is meant to have. */
  readonly consumers: readonly ExpectedGroup[];
  /** Every group on the brokers. */
  readonly groups: readonly GroupReport[];
  /** Earlier readings, the oldest first. */
  readonly earlier: readonly Sample[];
  readonly mappings: Known<readonly MappingFacts[]>;
  readonly keys: Known<KeyShares>;
  /** How long each group's oldest unread record is kept. */
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
  /** The most members that it may bring into its group; unknown where nobody says it. */
  readonly mostPollers: number | undefined;
  readonly pollers: Known<readonly PollerFacts[]>;
}

/** How the brokers see a poller: each of these marks tells it apart by itself. */
export interface PollerFacts {
  readonly clientId: string;
  /** Absent before the first assignment. */
  readonly memberId?: string | undefined;
}

/** How the newest records of the topic spread over keys. */
export interface KeyShares {
  /** Records that were looked at. */
  readonly records: number;
  /** The most frequent keys first. */
  readonly top: readonly { readonly key: string; readonly partition: number; readonly records: number }[];
}
