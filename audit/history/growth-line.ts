import type { TopicRecord } from '../ports.ts';
import type { Position } from './history.ts';

/** An increase of the topic's partitions, made when nobody wrote and every group had handled all records. */
export interface TopicGrowth {
  /** Epoch milliseconds of the moment when writing had stopped. */
  readonly drainedAtMs: number;
  /** The end of each partition at that moment; the other partitions were added. */
  readonly ends: ReadonlyMap<number, number>;
}

/**
 * Separates the records before an increase of partitions from those after it, because keys have different partitions
 * on each side.
 */
export class GrowthLine {
  readonly #growth: TopicGrowth | undefined;
  #isOfAnotherTopic = false;

  constructor(growth: TopicGrowth | undefined) {
    this.#growth = growth;
  }

  /** Ignores the note of a topic that was deleted later, whose offsets now belong to newer records. */
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
