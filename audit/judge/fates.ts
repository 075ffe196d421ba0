import { ByteColumn } from '../history/columns.ts';

/**
 * The outcome of a record in a group, mildest first. A record with several effects, such as an e-mail and an SMS, has
 * the worst of their outcomes.
 */
export const FATES = ['noop', 'applied', 'parked', 'failed', 'waiting', 'broken'] as const;

export type Fate = (typeof FATES)[number];

/** The fate of every record of the topic in one group. */
export class Fates {
  readonly #fates = new ByteColumn();

  note(row: number, fate: Fate): void {
    const number = FATES.indexOf(fate);
    if (number > this.#fates.get(row)) this.#fates.set(row, number);
  }

  count(rows: number): Readonly<Record<Fate, number>> {
    const counts = { noop: 0, applied: 0, parked: 0, failed: 0, waiting: 0, broken: 0 };
    for (let row = 0; row < rows; row += 1) counts[FATES[this.#fates.get(row)] ?? 'noop'] += 1;
    return counts;
  }
}
