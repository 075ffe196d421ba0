/** The input of an audit, as plain data. Readers fetch it, and the checks use no client. */

/** A record as the brokers have it. */
export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly value: Buffer | null;
}

/** The bounds of each partition of the topic: its first existing offset, and the one after the last. */
export type PartitionBounds = ReadonlyMap<number, { readonly start: number; readonly end: number }>;

/** The topic at one reading. */
export interface Topic {
  readonly bounds: () => Promise<PartitionBounds>;
  /** All records between the bounds, in offset order within each partition. */
  readonly read: (bounds: PartitionBounds) => AsyncIterable<TopicRecord>;
  /** The next offset that a group would read, by partition; a partition without a commit is missing. */
  readonly committed: (group: string) => Promise<ReadonlyMap<number, number>>;
}

/** An item of a table with its attributes as plain values. */
export type Item = Readonly<Record<string, unknown>>;

/** A message that a customer got. */
export interface OutboxMessage {
  /** E-mail address or telephone number. */
  readonly recipient: string;
  readonly text: string;
}

/** The messages sent to customers; not every endpoint keeps them. */
export interface Outbox {
  readonly emails: () => AsyncIterable<OutboxMessage>;
  readonly sms: () => AsyncIterable<OutboxMessage>;
}

/** A line of the producer's ledger: an event that the brokers acknowledged. */
export interface LedgerLine {
  readonly partition: number;
  readonly offset: number;
  /** Of the value, in hexadecimal. */
  readonly sha256: string;
}

export const GROUP_NAMES = ['billing', 'inventory', 'notifications'] as const;

export type GroupName = (typeof GROUP_NAMES)[number];

/** All data of one consumer group, except its external effects. */
export interface GroupSource {
  /** The consumer group's id, such as `billing-group`. */
  readonly groupId: string;
  readonly table: () => AsyncIterable<Item>;
  /** Bodies of the messages in the dead-letter queue; they stay there. */
  readonly letters: () => AsyncIterable<string>;
}

export interface AuditSources {
  readonly topicName: string;
  readonly topic: Topic;
  readonly groups: Readonly<Record<GroupName, GroupSource>>;
  /** Undefined when the endpoint does not keep sent messages, as on AWS. */
  readonly outbox: Outbox | undefined;
  /** Undefined: the topic alone is the reference. */
  readonly ledger: AsyncIterable<LedgerLine> | undefined;
}
