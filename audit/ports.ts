/** What an audit reads, as plain data: readers fetch it, and the judgement knows no client. */

/** A record as the brokers have it. */
export interface TopicRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly value: Buffer | null;
}

/** Where each partition of the topic begins and ends: the first offset that is there, and the one after the last. */
export type PartitionBounds = ReadonlyMap<number, { readonly start: number; readonly end: number }>;

/** The topic as one reading sees it. */
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

/** What was sent to customers; not every endpoint keeps it. */
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

/** Everything of one consumer group but its effects outside. */
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
  /** Undefined where nobody keeps what was sent, as on AWS. */
  readonly outbox: Outbox | undefined;
  /** Undefined: the topic is the truth. */
  readonly ledger: AsyncIterable<LedgerLine> | undefined;
}
