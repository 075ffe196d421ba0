import type { TopicRecord } from '../ports.ts';
import type { Position } from './history.ts';

/** A growth of the topic, made when nobody wrote and every group had handled all there was. */
export interface TopicGrowth {
  /** Epoch milliseconds: nobody wrote any more. */
  readonly drainedAtMs: number;
  /** Where each partition ended then; the others were added. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Tells the records before a growth from those after it: keys have other partitions on each side. */
export class GrowthLine {
  readonly #growth: TopicGrowth | undefined;
  #isOfAnotherTopic = false;

  constructor(growth: TopicGrowth | undefined) {
    this.#growth = growth;
  }

  /** A note of a topic that was deleted since does not fit: its offsets have younger records now. */
  see(record: Pick<TopicRecord, 'partition' | 'offset' | 'timestamp'>): void {
    if (this.#growth === undefined || !isBefore(this.#growth, record)) return;
    if (record.timestamp > this.#growth.drainedAtMs) this.#isOfAnotherTopic = true;
  }

  isAfter(position: Position): boolean {
    return this.#growth !== undefined && !this.#isOfAnotherTopic && !isBefore(this.#growth, position);
  }
}

function isBefore({ ends }: TopicGrowth, { partition, offset }: Position): boolean {
  return offset < (ends.get(partition) ?? 0);
}
