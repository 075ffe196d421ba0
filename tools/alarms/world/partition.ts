import type { PartitionReading } from '../../../functions/sampler/reading.ts';

/** Records that were written in the same minute. */
interface Written {
  readonly offset: number;
  readonly count: number;
  readonly at: number;
}

/** One partition of the topic, with one group that reads it. */
export class Partition {
  start = 0;
  end = 0;
  committed: number | undefined;
  readonly #written: Written[] = [];

  write(count: number, at: number): void {
    if (count === 0) return;
    this.#written.push({ offset: this.end, count, at });
    this.end += count;
  }

  get waiting(): number {
    return this.end - this.next;
  }

  get next(): number {
    return Math.max(this.committed ?? this.start, this.start);
  }

  /** When the oldest record that waits was written; undefined when none waits. */
  get oldestAt(): number | undefined {
    return this.writtenAt(this.next);
  }

  writtenAt(offset: number): number | undefined {
    return this.#written.find(({ offset: from, count }) => offset >= from && offset < from + count)?.at;
  }

  /** Commits up to `count` records, and returns the age of each lot of them. */
  commit(count: number, now: number): readonly { readonly count: number; readonly ageMs: number }[] {
    const from = this.next;
    const to = Math.min(this.end, from + count);
    if (to === from) return [];
    this.committed = to;
    return this.#written
      .map(({ offset, count: written, at }) => ({
        count: Math.max(0, Math.min(to, offset + written) - Math.max(from, offset)),
        ageMs: now - at,
      }))
      .filter((lot) => lot.count > 0);
  }

  reading(partition: number): PartitionReading {
    const { start, end, committed } = this;
    return { partition, start, end, committed };
  }
}
