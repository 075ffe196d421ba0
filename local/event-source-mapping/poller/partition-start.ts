import { toError } from '../to-error.ts';
import type { PartitionReader } from './partition-reader.ts';

/** Wait before offsets that could not be found are asked for again, in milliseconds. */
const RETRY_MS = 500;

export interface PartitionStartDeps {
  readonly reader: PartitionReader;
  /** Where partitions begin whose committed offset does not say it; the others are left out. */
  readonly findOffsets: () => Promise<ReadonlyMap<number, number>>;
  readonly delay: (ms: number) => Promise<void>;
  /** The offsets could not be found; they are asked for again. */
  readonly failed: (error: Error) => void;
}

/**
 * Begins partitions where their mapping says. The Kafka client knows only the ends of a log as a start, and takes the
 * same one for a position that retention has passed, so after each rebalance nothing is fetched before the offsets are
 * known. The assignment itself is told at
 * once: what a member lost it must not commit, however long the answer takes.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html
 */
export class PartitionStart implements PartitionReader {
  readonly #deps: PartitionStartDeps;
  /** Partitions that wait for their offset; a new set for each assignment. */
  #held = new Set<number>();
  /** Those among them that are to stay paused. */
  readonly #paused = new Set<number>();

  constructor(deps: PartitionStartDeps) {
    this.#deps = deps;
  }

  assigned(partitions: readonly number[]): void {
    this.#deps.reader.assigned(partitions);
    this.#paused.clear();
    this.#held = new Set(partitions);
    for (const partition of partitions) this.#deps.reader.pause(partition);
    void this.#begin(this.#held);
  }

  pause(partition: number): void {
    if (this.#held.has(partition)) this.#paused.add(partition);
    this.#deps.reader.pause(partition);
  }

  resume(partition: number): void {
    if (this.#held.has(partition)) this.#paused.delete(partition);
    else this.#deps.reader.resume(partition);
  }

  /** Who knows where to go on needs no start. */
  seek(partition: number, offset: number): void {
    this.#deps.reader.seek(partition, offset);
    this.#letGo(this.#held, partition);
  }

  stop(): void {
    this.#held = new Set();
    this.#deps.reader.stop();
  }

  async #begin(held: Set<number>): Promise<void> {
    const offsets = await this.#findOffsets(held);
    if (held !== this.#held) return;
    for (const partition of held) {
      const offset = offsets.get(partition);
      if (offset !== undefined) this.#deps.reader.seek(partition, offset);
      this.#letGo(held, partition);
    }
  }

  /** Asks until there is an answer, or until it is of no use any more. */
  async #findOffsets(held: ReadonlySet<number>): Promise<ReadonlyMap<number, number>> {
    while (held === this.#held && held.size > 0) {
      try {
        return await this.#deps.findOffsets();
      } catch (error) {
        this.#deps.failed(toError(error));
        await this.#deps.delay(RETRY_MS);
      }
    }
    return new Map();
  }

  #letGo(held: Set<number>, partition: number): void {
    if (held.delete(partition) && !this.#paused.has(partition)) this.#deps.reader.resume(partition);
  }
}
