import type { PolledRecord } from '../../record/polled-record.ts';

/** The part that a member of a consumer group has in its topic right now. */
export interface GroupAssignment {
  readonly memberId: string;
  /** The group's generation, which each rebalance raises by one. */
  readonly generationId: number;
  readonly partitions: readonly number[];
}

/** What a group member tells its poller. All calls come from the member's own loop and must return at once. */
export interface GroupConsumerEvents {
  /** A rebalance ended: these partitions are the member's now, and fetching starts at their committed offsets. */
  assigned(assignment: GroupAssignment): void;
  /** A rebalance began. */
  rebalancing(): void;
  /** Records of one partition, in offset order. Fetching from that partition is paused until `resume`. */
  fetched(partition: number, records: readonly PolledRecord[]): void;
  /** The member sent a heartbeat in this generation of the group. */
  heartbeat(generationId: number): void;
  /** Brokers or group cannot be reached; the member goes on trying. */
  failed(error: Error): void;
  /** Brokers are reached again. */
  recovered(): void;
  /** Retention has deleted the records from one offset to before another, unread; reading goes on there. */
  skipped(partition: number, from: number, to: number): void;
}

/** What became of a commit. A refused one was not stored: the group has moved on without this member. */
export type CommitResult =
  { readonly kind: 'committed' } | { readonly kind: 'refused'; readonly error: Error };

/**
 * One member of a Kafka consumer group that reads one topic; the only door through which a poller reaches
 * Kafka, so that the client behind it can be exchanged.
 */
export interface GroupConsumer {
  /** Begins to join the group; how that goes on is told to the listener, `assigned` first of all. */
  start(events: GroupConsumerEvents): void;
  /** Stops fetching from the partition; the member goes on polling. */
  pause(partition: number): void;
  /** Fetches from the partition again, from where the last delivery ended. */
  resume(partition: number): void;
  /**
   * Commits offsets (the next to read) by partition, in the generation that is current at the call. The caller
   * commits only partitions that it owns at that very moment.
   */
  commit(offsets: ReadonlyMap<number, number>): Promise<CommitResult>;
  /** Leaves the group and closes the connections. */
  stop(): Promise<void>;
}
