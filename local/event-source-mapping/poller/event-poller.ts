import { newBatch } from '../batch/batch.ts';
import type { PlannedTurn } from '../batch/batcher.ts';
import type { PolledRecord } from '../record/polled-record.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import { BatchSlots, type BatchSlotsSettings, type Slot } from './batch-slots.ts';
import { BatchTurn } from './batch-turn.ts';
import { CHANGES_WITHIN_MS } from './change-time.ts';
import type { CommitLeases } from './commit-leases.ts';
import type { GroupAssignment, GroupConsumer } from './consumer/group-consumer.ts';
import { LeaseBook, type LeaseBookSettings } from './lease-book.ts';
import type { PollerEvent } from './messages.ts';
import type { LeaseTurn, PartitionLease } from './partition-lease.ts';
import { eventOfPoll, eventOfSkip, eventsOfFailure } from './polling-events.ts';
import type { RunBatch } from './run-batch.ts';
import type { Turn } from './turn.ts';

export interface EventPollerDeps {
  readonly consumer: GroupConsumer;
  /** Runs a batch until it is completed: invokes, retries, discards, commits. Never throws. */
  readonly runBatch: RunBatch;
  readonly commitLeases: CommitLeases;
  /** Returns whether a record goes to the function. All others are only committed. */
  readonly passesFilters: (record: PolledRecord) => boolean;
  /** Converts a polled record to its queued form. */
  readonly toQueuedRecord: (record: PolledRecord) => QueuedRecord;
  readonly emit: (event: PollerEvent) => void;
  readonly now: () => number;
  /** Calls back later; the returned function cancels it. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

export interface EventPollerSettings extends BatchSlotsSettings, LeaseBookSettings {
  /** True commits a poll at once when none of its records passed the filters. */
  readonly commitWhenAllFiltered: boolean;
  /** True when a partition waits while its records are retried. */
  readonly holdPartition: boolean;
}

/**
 * The time limit for open calls. A function may run for 14 minutes with a Kafka mapping, but a group does not wait
 * that long for one poller.
 */
const CALLS_END_WITHIN_MS = 60_000;

/**
 * One event poller: a group member that reads its partitions and runs batches of their records. A batch holds its
 * partitions, so no other batch takes their records. It holds them until it is completed or, when newer records may
 * overtake, until its first try has failed. Only the fetching from a partition pauses, never the member's polling, so
 * the group keeps the member however long the function takes.
 */
export class EventPoller {
  readonly #settings: EventPollerSettings;
  readonly #deps: EventPollerDeps;
  readonly #book: LeaseBook;
  readonly #slots: BatchSlots;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #callOffTimer: () => void = () => undefined;
  /** True when no batch may start before the next assignment. */
  #quiet = false;
  /** The generation that was told last. */
  #generationId: number | undefined;

  constructor(settings: EventPollerSettings, deps: EventPollerDeps) {
    this.#settings = settings;
    this.#deps = deps;
    this.#book = new LeaseBook(settings, deps.consumer);
    this.#slots = new BatchSlots(settings, deps.now);
  }

  /** Starts to join the group, and keeps trying until it has joined. */
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
      answered: () => {
        this.#fillSlots();
      },
      heartbeat: (generationId) => {
        this.#tellGeneration(generationId);
      },
      failed: (error) => {
        for (const event of eventsOfFailure(error)) this.#deps.emit(event);
      },
      recovered: () => {
        this.#deps.emit({ type: 'processed', result: 'OK' });
      },
      skipped: (partition, from, to) => {
        this.#deps.emit(eventOfSkip(`${this.#settings.topic}-${partition}`, from, to));
      },
    });
  }

  /** Waits for open calls and commits them, without retries, then leaves the group. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#callOffTimer();
    await Promise.all(this.#running);
    await this.#deps.consumer.stop();
  }

  /**
   * Waits for open calls and commits them, and starts no other before the group has changed, so that no batch is in
   * flight while partitions move. Both waits have a limit: a batch that is retried for long does not block the group,
   * and a group that does not change blocks no batch.
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

  #onAssigned(assignment: GroupAssignment): void {
    const { memberId, partitions } = assignment;
    this.#book.assign(assignment);
    this.#deps.emit({ type: 'assigned', memberId, partitions });
    this.#endQuiet();
  }

  /** A heartbeat of the same generation is no news, and would wake an idle supervisor. */
  #tellGeneration(generationId: number): void {
    if (generationId === this.#generationId) return;
    this.#generationId = generationId;
    this.#deps.emit({ type: 'generation', generationId });
  }

  #onFetched(partition: number, fetched: readonly PolledRecord[]): void {
    const lease = this.#book.leaseOf(partition);
    if (lease === undefined) return;
    const records = lease.withoutTaken(fetched);
    const matched = records.filter(this.#deps.passesFilters);
    lease.push(
      records.map(({ offset }) => offset),
      matched.map(this.#deps.toQueuedRecord),
      this.#deps.now(),
    );
    this.#deps.emit(eventOfPoll(records, matched.length));
    const last = records.at(-1);
    if (last !== undefined) this.#deps.emit({ type: 'consumed', partition, offset: last.offset });
    this.#commitFiltered(lease);
    this.#book.fetchMore(lease);
  }

  /** Commits filtered records that no batch would commit. */
  #commitFiltered(lease: PartitionLease): void {
    if (!lease.idle || !this.#settings.commitWhenAllFiltered) return;
    void this.#deps.commitLeases([lease], this.#stopping.signal);
  }

  #fillSlots(): void {
    this.#callOffTimer();
    if (this.#quiet || this.#stopping.signal.aborted) return;
    const askAgainAt = this.#slots.fill(this.#book.queues, (slot, planned) => {
      this.#occupy(slot, planned);
    });
    if (askAgainAt === undefined) return;
    this.#callOffTimer = this.#deps.schedule(() => {
      this.#fillSlots();
    }, askAgainAt - this.#deps.now());
  }

  #occupy(slot: Slot, planned: readonly PlannedTurn[]): void {
    const run = this.#runBatch(slot, this.#book.take(planned)).finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #runBatch(slot: Slot, leaseTurns: readonly LeaseTurn[]): Promise<void> {
    const batch = newBatch(leaseTurns.flatMap(({ records }) => records));
    const freeSlot = once(() => {
      this.#slots.free(slot);
    });
    await this.#deps.runBatch(batch, this.#turnOf(leaseTurns, freeSlot));
    freeSlot();
    for (const turn of leaseTurns) this.#release(turn);
    this.#fillSlots();
  }

  #turnOf(leaseTurns: readonly LeaseTurn[], freeSlot: () => void): Turn {
    return new BatchTurn(leaseTurns, {
      book: this.#book,
      holdPartition: this.#settings.holdPartition,
      stopping: this.#stopping.signal,
      now: this.#deps.now,
      passed: () => {
        this.#fillSlots();
      },
      isMember: () => this.#deps.now() < this.#deps.consumer.memberUntil(),
      done: () => {
        freeSlot();
        this.#fillSlots();
      },
    });
  }

  #release(turn: LeaseTurn): void {
    const { lease } = turn;
    const passed = lease.release(turn, this.#deps.now());
    if (lease.ended) return;
    // Filtered records may have arrived while the batch's own commit was in progress.
    this.#commitFiltered(lease);
    if (passed) this.#book.fetchMore(lease);
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
