import { ByteColumn } from '../history/columns.ts';
import type { History } from '../history/history.ts';

/** Offsets of one partition, first and last included. */
export interface SkippedRange {
  readonly partition: number;
  readonly first: number;
  readonly last: number;
}

/** Records that a group has committed and never handled. */
export interface Skipped {
  readonly records: number;
  /** In the order of the topic; the first 1,000. */
  readonly ranges: readonly SkippedRange[];
}

const MOST_RANGES = 1_000;

/** Collects the records that a group never handled, by row. */
export class NeverHandled {
  readonly #rows = new ByteColumn();

  note(row: number): void {
    this.#rows.set(row, 1);
  }

  /** Joins adjacent records of a partition into one range. */
  ranges(history: History): Skipped {
    const ranges: { partition: number; first: number; last: number }[] = [];
    let records = 0;
    let before = Number.NEGATIVE_INFINITY;
    for (const row of this.#rows.rows()) {
      records += 1;
      const { partition, offset } = history.positionOf(row);
      const range = ranges.at(-1);
      if (row === before + 1 && range?.partition === partition) range.last = offset;
      else ranges.push({ partition, first: offset, last: offset });
      before = row;
    }
    return { records, ranges: ranges.slice(0, MOST_RANGES) };
  }
}
