import type { BatchLimits } from '../batch/batcher.ts';
import { planBatch } from '../batch/batcher.ts';
import { newBatch, type Batch } from '../batch/batch.ts';
import type { EventOrigin } from '../batch/build-kafka-event.ts';
import type { PolledRecord } from '../record/polled-record.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import { problemOf } from '../retry/mapping-problem.ts';
import type { CommitLeases } from './commit-leases.ts';
import type { GroupAssignment, GroupConsumer } from './group-consumer.ts';
import type { PollerEvent } from './messages.ts';
import { PartitionLease, type LeaseTurn, type ReadAhead } from './partition-lease.ts';
import type { RunBatch } from './run-batch.ts';

export interface EventPollerDeps {
  readonly consumer: GroupConsumer;
  /** Takes a batch to its end: invokes, retries, discards, commits. Never throws. */
  readonly runBatch: RunBatch;
  readonly commitLeases: CommitLeases;
  /** Whether a record goes to the function; those that do not are committed with the others. */
  readonly passesFilters: (record: PolledRecord) => boolean;
  /** Gives a polled record the form it waits in. */
  readonly toQueuedRecord: (record: PolledRecord) => QueuedRecord;
  readonly emit: (event: PollerEvent) => void;
  readonly now: () => number;
  /** Calls back later; the returned function calls it off. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

export interface EventPollerSettings {
  readonly topic: string;
  readonly origin: EventOrigin;
  readonly limits: BatchLimits;
  readonly readAhead: ReadAhead;
  /** Whether a poll of which nothing passed the filters is committed at once. */
  readonly commitWhenAllFiltered: boolean;
  /** Whether a partition waits while records of it are retried. */
  readonly holdPartition: boolean;
  /** Batches in flight at once. */
  readonly slots: number;
}

/** The longest function timeout with a Kafka mapping is 14 minutes, but a group does not wait so long for one poller. */
const CALLS_END_WITHIN_MS = 60_000;
/** A new member takes some seconds to start and to join. */
const CHANGES_WITHIN_MS = 15_000;

/** A place for one batch in flight. */
interface Slot {
  running: boolean;
  /** When the previous batch was completed, in epoch milliseconds; the window begins there. */
  windowStartedAt: number;
}

/**
 * One event poller: a group member that reads its partitions and has batches of their records run. A batch holds its
 * partitions, so that no other takes records of them, until it is completed, or until its first try has failed where
 * newer records may overtake. What pauses is the fetching from a partition, never the member's polling, so the group
 * keeps the member however long the function takes.
 */
export class EventPoller {
  readonly #settings: EventPollerSettings;
  readonly #deps: EventPollerDeps;
  readonly #slots: readonly Slot[];
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #leases = new Map<number, PartitionLease>();
  /** Leases that ended under an open call; their partition is not read again before that has ended. */
  readonly #orphans = new Map<number, PartitionLease>();
  #assignment: GroupAssignment | undefined;
  #lastServed: number | null = null;
  #callOffTimer: () => void = () => undefined;
  /** Whether no batch may begin before the next assignment. */
  #quiet = false;

  constructor(settings: EventPollerSettings, deps: EventPollerDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#slots = Array.from({ length: settings.slots }, () => ({
      running: false,
      windowStartedAt: deps.now(),
    }));
  }

  /** Begins to join the group, and goes on until it is joined. */
  start(): void {
    this.#deps.consumer.start({
      assigned: (assignment) => {
        this.#onAssigned(assignment);
      },
      rebalancing: () => {
        this.#deps.emit({ type: 'rebalancing' });
      },
      fetched: (partition, records) => {
        this.#onFetched(partition, records);
      },
      heartbeat: (generationId) => {
        this.#deps.emit({ type: 'generation', generationId });
      },
      failed: (error) => {
        this.#onFailed(error);
      },
      recovered: () => {
        this.#deps.emit({ type: 'processed', result: 'OK' });
      },
      skipped: (partition, from, to) => {
        this.#onSkipped(partition, from, to);
      },
    });
  }

  /** Lets the open calls end and be committed, without retrying them, then leaves the group. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#callOffTimer();
    await Promise.all(this.#running);
    await this.#deps.consumer.stop();
  }

  /**
   * Lets the open calls end and be committed, and begins no other before the group has changed, so that no batch is in
   * flight while partitions move. A batch that is retried for long does not hold the group back, and a group that does
   * not change after all holds no batch back.
   */
  async quiesce(): Promise<void> {
    this.#quiet = true;
    await Promise.race([Promise.all(this.#running), this.#pass(CALLS_END_WITHIN_MS)]);
    this.#deps.schedule(() => {
      this.#endQuiet();
    }, CHANGES_WITHIN_MS);
  }

  #pass(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#deps.schedule(resolve, ms);
    });
  }

  #endQuiet(): void {
    if (!this.#quiet) return;
    this.#quiet = false;
    this.#fillSlots();
  }

  /** Partitions of the same member in the next generation were nobody else's in between. */
  #onAssigned(assignment: GroupAssignment): void {
    const { memberId, partitions } = assignment;
    const kept = new Set(follows(assignment, this.#assignment) ? partitions : []);
    this.#assignment = assignment;
    for (const lease of this.#leases.values()) if (!kept.has(lease.partition)) this.#endLease(lease);
    this.#leases = new Map(partitions.map((partition) => [partition, this.#renewLease(partition)]));
    this.#deps.emit({ type: 'assigned', memberId, partitions });
    this.#endQuiet();
  }

  #endLease(lease: PartitionLease): void {
    lease.end();
    if (lease.beingCalled) this.#orphans.set(lease.partition, lease);
  }

  /** The client begins at the committed offset again, so what was read ahead would come twice. */
  #renewLease(partition: number): PartitionLease {
    const known = this.#leases.get(partition);
    const lease =
      known === undefined || known.ended ? new PartitionLease(this.#settings.topic, partition) : known;
    lease.forgetReadAhead();
    if (lease.held || this.#orphans.has(partition)) this.#deps.consumer.pause(partition);
    else this.#deps.consumer.resume(partition);
    return lease;
  }

  #onFetched(partition: number, fetched: readonly PolledRecord[]): void {
    const lease = this.#leases.get(partition);
    if (lease === undefined) return;
    const records = lease.withoutTaken(fetched);
    const matched = records.filter(this.#deps.passesFilters);
    lease.push(
      records.map(({ offset }) => offset),
      matched.map(this.#deps.toQueuedRecord),
      this.#deps.now(),
    );
    this.#count(records, matched.length);
    const last = records.at(-1);
    if (last !== undefined) this.#deps.emit({ type: 'consumed', partition, offset: last.offset });
    this.#commitFiltered(lease);
    this.#fetchMore(lease);
    this.#fillSlots();
  }

  /** Commits filtered records that no batch would commit. */
  #commitFiltered(lease: PartitionLease): void {
    if (!lease.idle || !this.#settings.commitWhenAllFiltered) return;
    void this.#deps.commitLeases([lease], this.#stopping.signal);
  }

  #count(polled: readonly PolledRecord[], matched: number): void {
    this.#deps.emit({
      type: 'counted',
      counts: {
        PolledEventCount: polled.length,
        FilteredOutEventCount: polled.length - matched,
        EventPollerThroughputInBytes: totalBytes(polled),
      },
    });
  }

  /** They count in no metric: what retention deletes was not dropped by the mapping. */
  #onSkipped(partition: number, from: number, to: number): void {
    const where = `${this.#settings.topic}-${partition}`;
    this.#deps.emit({
      type: 'log',
      level: 'WARN',
      code: 'OFFSET_OUT_OF_RANGE',
      message: `retention deleted the records ${from} to ${to - 1} of ${where} before they were read; reading goes on at ${to}`,
    });
  }

  #onFailed(error: Error): void {
    const { message } = error;
    const problem = problemOf(error);
    const what = problem === undefined ? 'Connection error' : 'Event source error';
    this.#deps.emit({ type: 'counted', counts: { PollingErrorCount: 1 } });
    this.#deps.emit({
      type: 'processed',
      result: `PROBLEM: ${what}. ${message}`,
      ...(problem === undefined ? {} : { problem }),
    });
    this.#deps.emit({
      type: 'log',
      level: 'WARN',
      code: 'POLLING_ERROR',
      message: `polling failed: ${message}`,
    });
  }

  #fetchMore(lease: PartitionLease): void {
    if (lease.wantsMore(this.#settings.readAhead)) this.#deps.consumer.resume(lease.partition);
  }

  #fillSlots(): void {
    this.#callOffTimer();
    if (this.#quiet || this.#stopping.signal.aborted) return;
    const waits = this.#slots.flatMap((slot) => (slot.running ? [] : this.#fillSlot(slot)));
    if (waits.length === 0) return;
    this.#callOffTimer = this.#deps.schedule(
      () => {
        this.#fillSlots();
      },
      Math.min(...waits) - this.#deps.now(),
    );
  }

  /** Gives a slot its next batch. @returns when to ask again, in epoch milliseconds; empty when records must come first. */
  #fillSlot(slot: Slot): number[] {
    const plan = planBatch({
      queues: [...this.#leases.values()].map(({ queue }) => queue),
      origin: this.#settings.origin,
      limits: this.#settings.limits,
      windowStartedAt: slot.windowStartedAt,
      lastServed: this.#lastServed,
      now: this.#deps.now(),
    });
    if (plan.kind === 'idle') return [];
    if (plan.kind === 'wait') return [plan.until];
    this.#lastServed = plan.lastServed;
    const turns = plan.turns.flatMap(({ topicPartition, count }) =>
      this.#takeTurn(topicPartition.partition, count),
    );
    this.#occupy(slot, turns);
    return [];
  }

  #takeTurn(partition: number, count: number): LeaseTurn[] {
    const lease = this.#leases.get(partition);
    return lease === undefined ? [] : [lease.take(count)];
  }

  #occupy(slot: Slot, turns: readonly LeaseTurn[]): void {
    slot.running = true;
    for (const { lease } of turns) this.#fetchMore(lease);
    const batch = newBatch(turns.flatMap(({ records }) => records));
    const run = this.#runBatch(batch, turns, slot).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #runBatch(batch: Batch, turns: readonly LeaseTurn[], slot: Slot): Promise<void> {
    const leases = new Map(turns.map(({ lease }) => [lease.partition, lease]));
    await this.#deps.runBatch(batch, {
      leases,
      stopping: this.#stopping.signal,
      called: () => {
        for (const turn of turns) turn.lease.called(turn);
      },
      answered: () => {
        for (const turn of turns) this.#answered(turn);
      },
      willRetry: () => {
        if (!this.#settings.holdPartition) this.#letPass(turns);
      },
    });
    slot.running = false;
    slot.windowStartedAt = this.#deps.now();
    for (const turn of turns) this.#release(turn);
    this.#fillSlots();
  }

  /** Lets newer records overtake those of a batch that is tried again. */
  #letPass(turns: readonly LeaseTurn[]): void {
    for (const turn of turns) {
      turn.lease.letPass(turn, this.#deps.now());
      if (!turn.lease.ended) this.#fetchMore(turn.lease);
    }
    this.#fillSlots();
  }

  #answered(turn: LeaseTurn): void {
    turn.lease.answered(turn);
    this.#endOrphan(turn.lease);
  }

  #release(turn: LeaseTurn): void {
    const { lease } = turn;
    lease.release(turn, this.#deps.now());
    if (lease.ended) return;
    // Filtered records may have come while the batch's own commit was on its way.
    this.#commitFiltered(lease);
    this.#fetchMore(lease);
  }

  /** Lets a partition be read again when no call has records of it under the lease that ended. */
  #endOrphan(lease: PartitionLease): void {
    if (lease.beingCalled || this.#orphans.get(lease.partition) !== lease) return;
    this.#orphans.delete(lease.partition);
    if (this.#leases.has(lease.partition)) this.#deps.consumer.resume(lease.partition);
  }
}

/**
 * Whether the member missed no generation of its group. One that got a new id was out, and one that skipped a generation
 * does not know who had its partitions in that: all that it held may have moved on without it.
 */
function follows(assignment: GroupAssignment, before: GroupAssignment | undefined): boolean {
  return before?.memberId === assignment.memberId && before.generationId + 1 === assignment.generationId;
}

function totalBytes(records: readonly PolledRecord[]): number {
  return records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0);
}
