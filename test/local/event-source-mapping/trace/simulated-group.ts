import type {
  CommitResult,
  GroupConsumer,
  GroupConsumerEvents,
} from '../../../../local/event-source-mapping/poller/consumer/group-consumer.ts';
import type { PolledRecord } from '../../../../local/event-source-mapping/record/polled-record.ts';

/** What became of a commit request on its way: handled, lost before the broker saw it, or its answer lost. */
export type CommitFate = 'arrives' | 'requestLost' | 'answerLost';

/** Sees what the broker stores. */
export interface BrokerWitness {
  assigned(member: string, memberId: string, partitions: readonly number[]): void;
  stored(member: string, isOwner: boolean, offsets: ReadonlyMap<number, number>): void;
}

/**
 * A topic and one consumer group, as a broker keeps them. Like Kafka it judges a commit by member id and generation
 * and never asks whose partition it is.
 */
export class SimulatedGroup {
  readonly logs: readonly PolledRecord[][];
  readonly committed: number[];
  readonly #witness: BrokerWitness;
  #members: SimulatedMember[] = [];
  #generation = 0;

  constructor(partitionCount: number, witness: BrokerWitness) {
    this.logs = Array.from({ length: partitionCount }, () => []);
    this.committed = Array.from({ length: partitionCount }, () => 0);
    this.#witness = witness;
  }

  get members(): readonly SimulatedMember[] {
    return this.#members;
  }

  /** The partitions that a member has in the current generation. */
  partitionsOf(member: SimulatedMember): readonly number[] {
    return member.pending?.partitions ?? member.partitions;
  }

  /** A member that comes back gets a new id. */
  join(member: SimulatedMember, shift: number): void {
    member.renewId();
    this.rebalance([...this.#members, member], shift);
  }

  /** Also without the member's knowledge, as when its heartbeats stay away. */
  leave(member: SimulatedMember, shift: number): void {
    if (!this.#members.includes(member)) return;
    member.pending = undefined;
    this.rebalance(
      this.#members.filter((other) => other !== member),
      shift,
    );
  }

  /**
   * Begins a generation of these members. One that has not yet heard of the previous generation missed it: the
   * group let it go, and it is back under a new id.
   */
  rebalance(members: readonly SimulatedMember[], shift: number): void {
    for (const member of members) if (member.pending !== undefined) member.renewId();
    this.#generation += 1;
    this.#members = [...members];
    for (const [index, member] of members.entries()) {
      const partitions = this.logs.flatMap((_log, partition) =>
        (partition + shift) % members.length === index ? [partition] : [],
      );
      member.pending = { generation: this.#generation, partitions };
    }
  }

  noteAssigned(member: SimulatedMember): void {
    this.#witness.assigned(member.name, member.memberId, member.partitions);
  }

  store(
    member: SimulatedMember,
    sent: { memberId: string; generation: number },
    offsets: ReadonlyMap<number, number>,
  ): boolean {
    const known = this.#members.includes(member) && member.memberId === sent.memberId;
    if (!known || sent.generation !== this.#generation) return false;
    const mine = this.partitionsOf(member);
    const isOwner = [...offsets.keys()].every((partition) => mine.includes(partition));
    this.#witness.stored(member.name, isOwner, offsets);
    for (const [partition, offset] of offsets) this.committed[partition] = offset;
    return true;
  }
}

interface Assignment {
  readonly generation: number;
  readonly partitions: readonly number[];
}

/**
 * One member's client. Each assignment begins anew, without pauses, at the offsets that are committed when the first
 * fetch after it is made.
 */
export class SimulatedMember implements GroupConsumer {
  readonly name: string;
  /** What the group decided and the client has not heard of yet. */
  pending: Assignment | undefined;
  /** Commit requests on their way. */
  readonly commits = new Set<(fate: CommitFate) => void>();
  partitions: readonly number[] = [];
  readonly #group: SimulatedGroup;
  readonly #paused = new Set<number>();
  #positions: Map<number, number> | undefined;
  #generation = 0;
  #ids = 0;
  #events: GroupConsumerEvents | undefined;

  constructor(name: string, group: SimulatedGroup) {
    this.name = name;
    this.#group = group;
  }

  get memberId(): string {
    return `${this.name}-${this.#ids}`;
  }

  renewId(): void {
    this.#ids += 1;
  }

  /** The client hears of the group's latest decision. */
  learn(): void {
    if (this.pending === undefined) return;
    this.#events?.rebalancing();
    this.#generation = this.pending.generation;
    this.partitions = this.pending.partitions;
    this.pending = undefined;
    this.#positions = undefined;
    this.#paused.clear();
    this.#group.noteAssigned(this);
    this.#events?.assigned({
      memberId: this.memberId,
      generationId: this.#generation,
      partitions: this.partitions,
    });
  }

  /** Fetches from every partition that is not paused. @returns how many records came. */
  fetch(maximumRecords: number): number {
    this.#positions ??= new Map(this.partitions.map((partition) => [partition, this.#committed(partition)]));
    const fetched = this.partitions
      .filter((partition) => !this.#paused.has(partition))
      .map((partition) => this.#fetchPartition(partition, maximumRecords));
    return fetched.reduce((sum, count) => sum + count, 0);
  }

  start(events: GroupConsumerEvents): void {
    this.#events = events;
  }

  pause(partition: number): void {
    this.#paused.add(partition);
  }

  resume(partition: number): void {
    this.#paused.delete(partition);
  }

  /** No batch waits for a commit, the worst case: here a member may be out of its group without knowing it. */
  memberUntil(): number {
    return Number.POSITIVE_INFINITY;
  }

  commit(offsets: ReadonlyMap<number, number>): Promise<CommitResult> {
    const sent = { memberId: this.memberId, generation: this.#generation };
    const copy = new Map(offsets);
    const { promise, resolve } = Promise.withResolvers<CommitResult>();
    const arrive = (fate: CommitFate): void => {
      this.commits.delete(arrive);
      const stored = fate !== 'requestLost' && this.#group.store(this, sent, copy);
      if (stored && fate === 'arrives') resolve({ kind: 'committed' });
      else resolve({ kind: 'refused', error: new Error('not stored, or not known to be') });
    };
    this.commits.add(arrive);
    return promise;
  }

  stop(): Promise<void> {
    this.#group.leave(this, 0);
    return Promise.resolve();
  }

  #committed(partition: number): number {
    return this.#group.committed[partition] ?? 0;
  }

  #fetchPartition(partition: number, maximumRecords: number): number {
    const position = this.#positions?.get(partition) ?? 0;
    const log = this.#group.logs[partition] ?? [];
    const records = log.filter(({ offset }) => offset >= position).slice(0, maximumRecords);
    const last = records.at(-1);
    if (last === undefined) return 0;
    this.#positions?.set(partition, last.offset + 1);
    this.pause(partition);
    this.#events?.fetched(partition, records);
    this.#events?.answered();
    return records.length;
  }
}
