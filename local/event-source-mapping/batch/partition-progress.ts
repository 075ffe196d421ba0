/** The number of resolved offsets before the head at which they are freed, so that each costs constant time. */
const COMPACT_AFTER = 1024;

/**
 * Tracks the offset that may be committed for one partition: that of its first unresolved record, or the last polled
 * offset + 1 when none is left. It never moves back and never passes an unresolved record. Offsets may have gaps,
 * because of compaction and transaction markers.
 *
 * A member creates one for each assigned partition, and drops it with the assignment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html (`processedOffset` 5003, `committedOffset` 5004)
 */
export class PartitionProgress {
  /** Polled offsets in ascending order from `#head` on. The first is unresolved. */
  #polled: number[] = [];
  #head = 0;
  /** Resolved offsets behind an unresolved one. */
  readonly #resolved = new Set<number>();
  #lastPolled = -1;
  /** The offset that the next commit must exceed to have an effect. */
  #known: number | null = null;

  /**
   * Records polled offsets, in ascending order. An offset that is already known, as after a seek back, changes
   * nothing.
   */
  polled(offsets: readonly number[]): void {
    for (const offset of offsets) {
      if (offset <= this.#lastPolled) continue;
      this.#polled.push(offset);
      this.#lastPolled = offset;
      this.#known ??= offset;
    }
  }

  /** Forgets the polled offsets from an unresolved one on, because they will be polled again. */
  forgetFrom(offset: number): void {
    this.#polled = this.#polled.filter((polled) => polled < offset);
    for (const resolved of this.#resolved) if (resolved >= offset) this.#resolved.delete(resolved);
    this.#lastPolled = offset - 1;
  }

  /** Marks polled records as resolved: handled, filtered out, or discarded. */
  resolve(offsets: readonly number[]): void {
    for (const offset of offsets) this.#resolveOne(offset);
    this.#compact();
  }

  /** The first unresolved offset; everything before it is resolved. */
  get position(): number {
    return this.#polled[this.#head] ?? this.end;
  }

  /** The offset after the last polled one. */
  get end(): number {
    return this.#lastPolled + 1;
  }

  /** The offset to commit (the next to read), or null when a commit would have no effect. */
  committable(): number | null {
    return this.#known !== null && this.position > this.#known ? this.position : null;
  }

  /** Records an offset that the broker stored. @returns its distance from the previous one. */
  committed(offset: number): number {
    const before = this.#known ?? offset;
    this.#known = Math.max(offset, before);
    return this.#known - before;
  }

  #resolveOne(offset: number): void {
    const firstUnresolved = this.#polled[this.#head] ?? Infinity;
    if (offset < firstUnresolved || offset > this.#lastPolled) return;
    if (offset > firstUnresolved) {
      this.#resolved.add(offset);
      return;
    }
    this.#head += 1;
    while (this.#resolved.delete(this.#polled[this.#head] ?? -1)) this.#head += 1;
  }

  #compact(): void {
    if (this.#head < COMPACT_AFTER || this.#head * 2 < this.#polled.length) return;
    this.#polled = this.#polled.slice(this.#head);
    this.#head = 0;
  }
}
