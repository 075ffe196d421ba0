/** Settled offsets are forgotten once this many stand before the head, so that each costs a constant time. */
const COMPACT_AFTER = 1024;

/**
 * What may be committed for one partition: the offset of its first unresolved record, or the last polled offset + 1
 * when none is left. It never goes back and never passes an unresolved record. Offsets may have gaps, which
 * compaction and transaction markers leave.
 *
 * A member makes one for each partition it is assigned, and drops it with the assignment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html (`processedOffset` 5003, `committedOffset` 5004)
 */
export class PartitionProgress {
  /** From `#head` on: polled offsets, rising, of which the first is unresolved. */
  #polled: number[] = [];
  #head = 0;
  /** Resolved offsets behind an unresolved one. */
  readonly #resolved = new Set<number>();
  #lastPolled = -1;
  /** The next offset that a commit would have to pass to say anything new. */
  #known: number | null = null;

  /** Notes polled offsets, which rise. One that is known already, as after a seek back, changes nothing. */
  polled(offsets: readonly number[]): void {
    for (const offset of offsets) {
      if (offset <= this.#lastPolled) continue;
      this.#polled.push(offset);
      this.#lastPolled = offset;
      this.#known ??= offset;
    }
  }

  /** Forgets what was polled from an unresolved offset on, as it will be polled again. */
  forgetFrom(offset: number): void {
    this.#polled = this.#polled.filter((polled) => polled < offset);
    for (const resolved of this.#resolved) if (resolved >= offset) this.#resolved.delete(resolved);
    this.#lastPolled = offset - 1;
  }

  /** Notes polled records that are done with: handled, filtered out, or given up. */
  resolve(offsets: readonly number[]): void {
    const firstUnresolved = this.#polled[this.#head] ?? Infinity;
    for (const offset of offsets) {
      if (offset >= firstUnresolved && offset <= this.#lastPolled) this.#resolved.add(offset);
    }
    this.#advance();
  }

  /** The first offset that is not resolved; everything before it is done with. */
  get position(): number {
    return this.#polled[this.#head] ?? this.end;
  }

  /** The offset behind the last one that was polled. */
  get end(): number {
    return this.#lastPolled + 1;
  }

  /** The offset to commit (the next to read), or null when a commit would say nothing new. */
  committable(): number | null {
    return this.#known !== null && this.position > this.#known ? this.position : null;
  }

  /** Notes an offset that the broker stored. @returns how far it is ahead of the one before. */
  committed(offset: number): number {
    const before = this.#known ?? offset;
    this.#known = Math.max(offset, before);
    return this.#known - before;
  }

  #advance(): void {
    for (;;) {
      const offset = this.#polled[this.#head];
      if (offset === undefined || !this.#resolved.delete(offset)) break;
      this.#head += 1;
    }
    if (this.#head < COMPACT_AFTER || this.#head * 2 < this.#polled.length) return;
    this.#polled = this.#polled.slice(this.#head);
    this.#head = 0;
  }
}
