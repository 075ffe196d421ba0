import type { TopicPartitionOffset } from '../../kernel/topic-partition-offset.ts';

/** Tries of a record, after which it is held. */
export const MOST_TRIES = 3;

/** The knowledge about a record of one consumer that is not in its message. */
export interface RecordHistory {
  readonly offset: number;
  /** The runs that tried it. */
  readonly runs: ReadonlySet<string>;
  /** Epoch milliseconds; the message of a record that was parked again is younger. */
  readonly firstSeenMs: number;
}

/** Somebody's exclusive work on the letters of a consumer. */
export interface Lease {
  readonly runId: string;
  /** Who, for people. */
  readonly by: string;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  readonly untilMs: number;
}

export type LeaseAnswer = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly holder: Lease };

/** A corrected event that took the place of a record. */
export interface Supersession {
  readonly record: TopicPartitionOffset;
  /** The id of the corrected event. */
  readonly eventId: string;
  /** Where the topic has it; undefined until that is known. */
  readonly place: { readonly partition: number; readonly offset: number } | undefined;
  readonly by: string;
  readonly atMs: number;
}

/** One step of a run, and what became of its records. Holds nothing of their content. */
export interface JournalEntry {
  readonly consumer: string;
  readonly runId: string;
  readonly operation: string;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Counts the entries of a run, from 1. */
  readonly step: number;
  /** What was asked for, in words. */
  readonly what: string;
  /** `<partition>:<offset>` by outcome; an outcome is a word, or a word and a reason. */
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
}

/** The operations table: what must outlast a run. Every method may be called twice with the same arguments. */
export interface OperationsMemory {
  /**
   * Takes the turn to go through the messages of a queue, which hides them, or answers until when (epoch milliseconds)
   * somebody else's turn lasts at most.
   */
  readonly takeTurn: (
    consumer: string,
    turn: { readonly id: string; readonly nowMs: number; readonly untilMs: number },
  ) => Promise<number | undefined>;
  readonly endTurn: (consumer: string, id: string) => Promise<void>;
  /** Takes the lease, or prolongs it for the same run. */
  readonly hold: (consumer: string, lease: Lease, nowMs: number) => Promise<LeaseAnswer>;
  readonly letGo: (consumer: string, runId: string) => Promise<void>;
  /** Notes a try of a record by a run. */
  readonly noteTry: (
    consumer: string,
    record: TopicPartitionOffset,
    attempt: { readonly runId: string; readonly firstSeenMs: number },
  ) => Promise<void>;
  /** What is known of the records of a partition. */
  readonly histories: (consumer: string, partition: number) => Promise<readonly RecordHistory[]>;
  readonly supersede: (supersession: Supersession) => Promise<void>;
  readonly supersessions: (topic: string, partition: number) => Promise<readonly Supersession[]>;
  readonly write: (entry: JournalEntry) => Promise<void>;
  /** The youngest entries of a consumer, youngest first. */
  readonly journal: (consumer: string, most: number) => Promise<readonly JournalEntry[]>;
}
