import type { PlannedTurn } from '../batch/batcher.ts';
import type { PartitionQueue } from '../batch/partition-queue.ts';
import type { GroupAssignment, GroupConsumer } from './group-consumer.ts';
import { PartitionLease, type LeaseTurn, type ReadAhead } from './partition-lease.ts';

export interface LeaseBookSettings {
  readonly topic: string;
  readonly readAhead: ReadAhead;
}

/**
 * The leases of one group member, and those that ended under an open call. It has the member fetch from a partition
 * only when that is the member's, its records have room, and no call of a former lease has records of it.
 */
export class LeaseBook {
  readonly #settings: LeaseBookSettings;
  readonly #consumer: Pick<GroupConsumer, 'pause' | 'resume'>;
  #leases = new Map<number, PartitionLease>();
  /** Leases that ended under an open call; their partition is not read again before that has ended. */
  readonly #orphans = new Map<number, PartitionLease>();
  #assignment: GroupAssignment | undefined;

  constructor(settings: LeaseBookSettings, consumer: Pick<GroupConsumer, 'pause' | 'resume'>) {
    this.#settings = settings;
    this.#consumer = consumer;
  }

  /** The records that wait, one queue for each partition. */
  get queues(): readonly PartitionQueue[] {
    return [...this.#leases.values()].map(({ queue }) => queue);
  }

  /** The lease of a partition; `undefined` when the partition is not the member's. */
  leaseOf(partition: number): PartitionLease | undefined {
    return this.#leases.get(partition);
  }

  /**
   * Notes what the member has now, and ends the leases that it may have lost. Partitions of the same member in the next
   * generation were nobody else's in between.
   */
  assign(assignment: GroupAssignment): void {
    const { partitions } = assignment;
    const kept = new Set(follows(assignment, this.#assignment) ? partitions : []);
    this.#assignment = assignment;
    for (const lease of this.#leases.values()) if (!kept.has(lease.partition)) this.#end(lease);
    this.#leases = new Map(partitions.map((partition) => [partition, this.#renew(partition)]));
  }

  /** Takes the first records of these partitions for a batch, and has the member fetch more where there is room. */
  take(planned: readonly PlannedTurn[]): readonly LeaseTurn[] {
    const turns = planned.flatMap(({ topicPartition: { partition }, count }) => {
      const lease = this.#leases.get(partition);
      return lease === undefined ? [] : [lease.take(count)];
    });
    for (const { lease } of turns) this.fetchMore(lease);
    return turns;
  }

  /** Notes that the function has answered. A partition whose lease ended under the call may be read again. */
  answered(turn: LeaseTurn): void {
    const { lease } = turn;
    lease.answered(turn);
    if (lease.beingCalled || this.#orphans.get(lease.partition) !== lease) return;
    this.#orphans.delete(lease.partition);
    if (this.#leases.has(lease.partition)) this.#consumer.resume(lease.partition);
  }

  /** Has the member fetch from the lease's partition when there is room for more. */
  fetchMore(lease: PartitionLease): void {
    if (lease.wantsMore(this.#settings.readAhead)) this.#consumer.resume(lease.partition);
  }

  #end(lease: PartitionLease): void {
    lease.end();
    if (lease.beingCalled) this.#orphans.set(lease.partition, lease);
  }

  /** The client begins at the committed offset again, so what was read ahead would come twice. */
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
 * Whether the member missed no generation of its group. One that got a new id was out, and one that skipped a generation
 * does not know who had its partitions in that: all that it held may have moved on without it.
 */
function follows(assignment: GroupAssignment, before: GroupAssignment | undefined): boolean {
  return before?.memberId === assignment.memberId && before.generationId + 1 === assignment.generationId;
}
