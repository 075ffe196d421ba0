/** What the page gets to show. Plain JSON; no field holds content of a record unless it says so. */

/** All consumer groups of the topic at one moment. */
export interface Overview {
  /** Epoch milliseconds of the sample. */
  readonly at: number;
  readonly topic: string;
  /** In ascending order, those of all samples so far. */
  readonly partitions: readonly number[];
  readonly groups: readonly GroupView[];
  /** Why the brokers could not be asked; what is shown is of an earlier sample then. */
  readonly problem?: string;
}

export interface GroupView {
  readonly groupId: string;
  /** In Kafka's words, such as `Stable`; `Unknown` when the brokers do not list the group any more. */
  readonly state: string;
  readonly generation?: number;
  readonly members: readonly MemberView[];
  /** One for each partition of the overview, in its order. */
  readonly cells: readonly CellView[];
  /** Records that the group has still to read; absent when that is not known of every partition. */
  readonly lag?: number;
  /** The event source mapping behind the group; absent for an outside one. */
  readonly mapping?: MappingView;
}

export interface MappingView {
  readonly functionName: string;
  readonly state: string;
  readonly pollerOverride?: number;
  /** `OK`, or what went wrong last. */
  readonly lastResult?: string;
}

export interface MemberView {
  readonly memberId: string;
  /** What a person calls it, such as `poller 4711`. */
  readonly name: string;
  /** Index of its colour among those of its group; it stays the same while the member is there. */
  readonly color: number;
  /** Process id of an event poller of this environment; absent for an outside member. */
  readonly pid?: number;
  readonly partitions: readonly number[];
}

/**
 * One partition for one group. `read`: a member owns it; `moving`: the group rebalances, and the owner is the last one;
 * `nobody`: the group has no member for it; `unknown`: the brokers did not say, and the numbers are of an earlier sample.
 */
export interface CellView {
  readonly partition: number;
  readonly status: 'read' | 'moving' | 'nobody' | 'unknown';
  /** Why it is not read, or not known. */
  readonly reason?: string;
  readonly owner?: Pick<MemberView, 'memberId' | 'name' | 'color'>;
  /** The next offset that the group reads; absent before its first commit. */
  readonly committed?: number;
  readonly start?: number;
  readonly end?: number;
  readonly lag?: number;
  /** Records that retention deleted before the group read them. */
  readonly expired?: number;
}

/** Samples in columns, the oldest first; `null` where a sample does not know. */
export interface History {
  /** Epoch milliseconds. */
  readonly times: readonly number[];
  /** Records that came onto the topic, by second. */
  readonly produced: readonly (number | null)[];
  readonly groups: readonly GroupHistory[];
}

export interface GroupHistory {
  readonly groupId: string;
  readonly lag: readonly (number | null)[];
  /** Records that the group committed, by second. */
  readonly throughput: readonly (number | null)[];
}

/** Why a group rebalanced, in the words of the broker's log; `unknown` where that says nothing. */
export type RebalanceCause =
  | { readonly kind: 'join' | 'leave' | 'timeout'; readonly member: string }
  | { readonly kind: 'rejoin'; readonly member: string; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason?: string };

/** One rebalance of one group. */
export interface RebalanceView {
  readonly id: string;
  readonly groupId: string;
  /** The generation that it led to; absent while it lasts. */
  readonly generation?: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** When the members had their partitions; absent while it lasts. */
  readonly endedAt?: number;
  readonly members?: number;
  readonly causes: readonly RebalanceCause[];
  /** Partitions with another owner than before; absent until a sample has seen both. */
  readonly moves?: readonly Move[];
}

export interface Move {
  readonly partitions: readonly number[];
  /** Absent: nobody read them before. */
  readonly from: string | undefined;
  /** Absent: nobody reads them now. */
  readonly to: string | undefined;
  /** How long nobody read them, in milliseconds. */
  readonly unreadMs: number | undefined;
}
