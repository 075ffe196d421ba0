import type { KafkaRecord } from '../kafka/kafka-event.ts';
import type { RehearsedRecord } from '../kafka/rehearsal.ts';
import type { Deadline } from '../kernel/deadline.ts';
import type { Delivery } from './engine/ports.ts';
import type { OperationsMemory } from './memory/operations-memory.ts';

/** The ports of a stage for operations, which run in the Lambda function or in the command line. */
export interface OperationPorts {
  readonly topic: TopicPort;
  readonly groups: GroupsPort;
  /** By name. */
  readonly consumers: Readonly<Record<string, ConsumerPort>>;
  readonly memory: OperationsMemory;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** A new id that no other is equal to. */
  readonly newId: () => string;
  /** Repeats an action until the returned function is called. */
  readonly every: (ms: number, work: () => void) => () => void;
  /** When the work must have come to an end; what is left then is for another call. */
  readonly deadline: Deadline;
  /** What a person who waits may want to know; undefined where nobody watches. */
  readonly tell?: ((progress: string) => void) | undefined;
}

/** The topic, read by offsets and without a group. */
export interface TopicPort {
  readonly name: string;
  /** By partition: the first offset that is there, and the next that will be given. */
  readonly bounds: () => Promise<ReadonlyMap<number, { readonly start: number; readonly end: number }>>;
  /** How long a record is kept, in milliseconds; undefined: for ever. */
  readonly retentionMs: () => Promise<number | undefined>;
  /** By partition, the first offset whose record is as young as that or younger; the end where there is none. */
  readonly offsetsAt: (timestampMs: number) => Promise<ReadonlyMap<number, number>>;
  /** Appends an order event and answers once all in-sync replicas have it. */
  readonly append: (record: {
    readonly key: string;
    readonly value: string;
  }) => Promise<{ readonly partition: number; readonly offset: number }>;
  /** Records from one offset on and before another, ascending; offsets without a record are left out. */
  readonly read: (partition: number, from: number, to: number) => AsyncIterable<KafkaRecord>;
}

/** The offsets of a consumer group in one partition. */
export interface GroupOffsets {
  readonly partition: number;
  /** The first offset that is left. */
  readonly start: number;
  /** The next offset to be written. */
  readonly end: number;
  /** The next offset that the group reads; undefined before its first commit. */
  readonly committed: number | undefined;
}

/** The consumer groups of the topic. */
export interface GroupsPort {
  readonly offsets: (groupId: string) => Promise<readonly GroupOffsets[]>;
  /** How many members a group has at this moment. */
  readonly members: (groupId: string) => Promise<number>;
  /** Sets the offsets of a group, by partition. Rejects while the group has members. */
  readonly move: (groupId: string, offsets: ReadonlyMap<number, number>) => Promise<void>;
}

/** One consumer of the topic. */
export interface ConsumerPort {
  readonly name: string;
  readonly groupId: string;
  readonly letters: LetterQueue;
  /** Most records of an invocation. */
  readonly batchSize: number;
  /** How long it remembers what it did, in milliseconds; undefined: for ever. */
  readonly remembersMs: number | undefined;
  readonly rehearse: (records: readonly KafkaRecord[]) => Promise<readonly RehearsedRecord[]>;
  readonly deliver: (records: readonly KafkaRecord[]) => Promise<Delivery>;
}

/** A message as the queue hands it out. */
export interface QueueMessage {
  readonly id: string;
  /** Lets the message be released or deleted, until somebody else receives it. */
  readonly receipt: string;
  readonly body: string;
  /** When it came into the queue, epoch milliseconds. */
  readonly sentAtMs: number;
}

/** The dead-letter queue of one consumer. */
export interface LetterQueue {
  /** Up to ten messages, which are hidden from others for so many seconds; none: the queue had nothing to show. */
  readonly receive: (hiddenSeconds: number) => Promise<readonly QueueMessage[]>;
  /** Shows messages to others again; a receipt that is out of date changes nothing. */
  readonly release: (receipts: readonly string[]) => Promise<void>;
  /** Deletes messages; a receipt that is out of date deletes nothing. */
  readonly remove: (receipts: readonly string[]) => Promise<void>;
  /** About how many messages are visible, and how many are hidden. */
  readonly depth: () => Promise<{ readonly visible: number; readonly hidden: number }>;
}
