import { planBatch, type BatchLimits, type PlannedTurn } from '../batch/batcher.ts';
import type { EventOrigin } from '../batch/build-kafka-event.ts';
import type { PartitionQueue } from '../batch/partition-queue.ts';

/** A place for one batch in flight. */
export interface Slot {
  running: boolean;
  /** The time when the previous batch was completed, in epoch milliseconds; the window starts then. */
  windowStartedAt: number;
}

export interface BatchSlotsSettings {
  readonly origin: EventOrigin;
  readonly limits: BatchLimits;
  /** Batches in flight at once. */
  readonly slots: number;
}

/** Takes the planned records out of their queues, as the batch of a slot. */
export type TakeBatch = (slot: Slot, turns: readonly PlannedTurn[]) => void;

/** The slots for a poller's batches in flight, each with its own window. */
export class BatchSlots {
  readonly #settings: BatchSlotsSettings;
  readonly #now: () => number;
  readonly #slots: readonly Slot[];
  #lastServed: number | null = null;

  /** @param now - epoch milliseconds. */
  constructor(settings: BatchSlotsSettings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
    this.#slots = Array.from({ length: settings.slots }, () => ({ running: false, windowStartedAt: now() }));
  }

  /**
   * Gives each free slot its next batch, if that is full or due.
   *
   * @returns the time of the next call, in epoch milliseconds; `undefined` when records must arrive first.
   */
  fill(queues: readonly PartitionQueue[], take: TakeBatch): number | undefined {
    const waits: number[] = [];
    for (const slot of this.#slots) {
      if (slot.running) continue;
      const plan = this.#plan(slot, queues);
      if (plan.kind === 'wait') waits.push(plan.until);
      if (plan.kind !== 'take') continue;
      this.#lastServed = plan.lastServed;
      slot.running = true;
      take(slot, plan.turns);
    }
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  /** Frees the slot of a completed batch and starts its next window. */
  free(slot: Slot): void {
    slot.running = false;
    slot.windowStartedAt = this.#now();
  }

  #plan({ windowStartedAt }: Slot, queues: readonly PartitionQueue[]): ReturnType<typeof planBatch> {
    const { origin, limits } = this.#settings;
    return planBatch({
      queues,
      origin,
      limits,
      windowStartedAt,
      lastServed: this.#lastServed,
      now: this.#now(),
    });
  }
}
