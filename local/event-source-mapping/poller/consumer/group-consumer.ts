import type { PolledRecord } from '../../record/polled-record.ts';

/** The current assignment of a group member. */
export interface GroupAssignment {
  readonly memberId: string;
  /** The group's generation, which each rebalance increases by one. */
  readonly generationId: number;
  readonly partitions: readonly number[];
}

/** The events of a group member for its poller. All calls come from the member's own loop and must return at once. */
export interface GroupConsumerEvents {
  /** A rebalance ended: the member owns these partitions now, and fetching starts at their committed offsets. */
  assigned(assignment: GroupAssignment): void;
  /** A rebalance began. */
  rebalancing(): void;
  /** Records of one partition, in offset order. Fetching from that partition is paused until `resume`. */
  fetched(partition: number, records: readonly PolledRecord[]): void;
  /** All records of one answer of a broker have been delivered, so that a batch can have those of all its partitions. */
  answered(): void;
  /** The member sent a heartbeat in this generation of the group. */
  heartbeat(generationId: number): void;
  /** Brokers or group cannot be reached; the member keeps trying. */
  failed(error: Error): void;
  /** Brokers can be reached again. */
  recovered(): void;
  /** Retention deleted unread records, from one offset up to but excluding another. Reading continues at the latter. */
  skipped(partition: number, from: number, to: number): void;
}

/** The result of a commit. A refused commit was not stored: the group has continued without this member. */
export type CommitResult =
  { readonly kind: 'committed' } | { readonly kind: 'refused'; readonly error: Error };

/**
 * One member of a Kafka consumer group that reads one topic. A poller reaches Kafka only through it, so the client
 * behind it can be replaced.
 */
export interface GroupConsumer {
  /** Starts to join the group. The listener gets all further events, `assigned` first. */
  start(events: GroupConsumerEvents): void;
  /** Stops fetching from the partition; the member keeps polling. */
  pause(partition: number): void;
  /** Fetches from the partition again, from where the last delivery ended. */
  resume(partition: number): void;
  /**
   * Commits offsets (the next to read) by partition, in the current generation. The caller must own the partitions at
   * that moment.
   */
  commit(offsets: ReadonlyMap<number, number>): Promise<CommitResult>;
  /**
   * Until when the group surely waits for this member, in epoch milliseconds: a session timeout after it sent the last
   * heartbeat or commit that was accepted. A process that was frozen for longer does not know what it still owns.
   */
  memberUntil(): number;
  /** Leaves the group and closes the connections. */
  stop(): Promise<void>;
}
