import type { PlannedTurn } from '../batch/batcher.ts';
import type { PartitionQueue } from '../batch/partition-queue.ts';
import type { GroupAssignment, GroupConsumer } from './consumer/group-consumer.ts';
import { PartitionLease, type LeaseTurn, type ReadAhead } from './partition-lease.ts';

export interface LeaseBookSettings {
  readonly topic: string;
  readonly readAhead: ReadAhead;
}

/**
 * The leases of one group member, and those that ended during an open call. The member fetches from a partition only
 * when it owns the partition, there is room for records, and no call of a former lease has records of it.
 */
export class LeaseBook {
  readonly #settings: LeaseBookSettings;
  readonly #consumer: Pick<GroupConsumer, 'pause' | 'resume'>;
  #leases = new Map<number, PartitionLease>();
  /** Leases that ended during an open call. Their partitions are not read again before the call has ended. */
  readonly #orphans = new Map<number, PartitionLease>();
  #assignment: GroupAssignment | undefined;

  constructor(settings: LeaseBookSettings, consumer: Pick<GroupConsumer, 'pause' | 'resume'>) {
    this.#settings = settings;
    this.#consumer = consumer;
  }

  /** The queues of waiting records, one for each partition. */
  get queues(): readonly PartitionQueue[] {
    return [...this.#leases.values()].map(({ queue }) => queue);
  }

  /** Returns the lease of a partition; `undefined` when the member does not own it. */
  leaseOf(partition: number): PartitionLease | undefined {
    return this.#leases.get(partition);
  }

  /**
   * Takes a new assignment, and ends the leases that the member may have lost. A partition that the same member has
   * in the next generation was never another member's in between.
   */
  assign(assignment: GroupAssignment): void {
    const { partitions } = assignment;
    const kept = new Set(follows(assignment, this.#assignment) ? partitions : []);
    this.#assignment = assignment;
    for (const lease of this.#leases.values()) if (!kept.has(lease.partition)) this.#end(lease);
    this.#leases = new Map(partitions.map((partition) => [partition, this.#renew(partition)]));
  }

  /** Takes the first records of these partitions for a batch, and lets the member fetch more where there is room. */
  take(planned: readonly PlannedTurn[]): readonly LeaseTurn[] {
    const turns = planned.flatMap(({ topicPartition: { partition }, count }) => {
      const lease = this.#leases.get(partition);
      return lease === undefined ? [] : [lease.take(count)];
    });
    for (const { lease } of turns) this.fetchMore(lease);
    return turns;
  }

  /** Handles the function's answer. A partition whose lease ended during the call may be read again. */
  answered(turn: LeaseTurn): void {
    const { lease } = turn;
    lease.answered(turn);
    if (lease.beingCalled || this.#orphans.get(lease.partition) !== lease) return;
    this.#orphans.delete(lease.partition);
    if (this.#leases.has(lease.partition)) this.#consumer.resume(lease.partition);
  }

  /** Lets the member fetch from the lease's partition when there is room for more. */
  fetchMore(lease: PartitionLease): void {
    if (lease.wantsMore(this.#settings.readAhead)) this.#consumer.resume(lease.partition);
  }

  #end(lease: PartitionLease): void {
    lease.end();
    if (lease.beingCalled) this.#orphans.set(lease.partition, lease);
  }

  /** Drops records that were read ahead. The client starts at the committed offset again, so they will be read again. */
  #renew(partition: number): PartitionLease {
    const known = this.#leases.get(partition);
    const lease =
      known === undefined || known.ended ? new PartitionLease(this.#settings.topic, partition) : known;
    lease.forgetReadAhead();
    if (lease.held || this.#orphans.has(partition)) this.#consumer.pause(partition);
    else this.#consumer.resume(partition);
    return lease;
  }
}

/**
 * Returns whether the member missed no generation of its group. A member with a new id was out of the group. A member
 * that skipped a generation does not know who had its partitions then. In both cases, other members may have read on.
 */
function follows(assignment: GroupAssignment, before: GroupAssignment | undefined): boolean {
  return before?.memberId === assignment.memberId && before.generationId + 1 === assignment.generationId;
}
