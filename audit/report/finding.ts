/**
 * The kinds of findings. | kind | what it says |
 * |---|---|
 * | `lost` | an acknowledged event is not on the topic, or another one is in its place |
 * | `missing` | a group has committed past a record, which had no effect |
 * | `double` | an effect happened twice |
 * | `wrong` | an effect differs from its event |
 * | `unexpected` | an effect has no event |
 * | `unconfirmed` | a message was claimed and never confirmed, so that another delivery would send it again |
 * | `split` | the events of one order are on several partitions, so their order is not kept |
 * | `sum` | a sum differs, although each part is right |
 */
export const FINDING_KINDS = [
  'lost',
  'missing',
  'double',
  'wrong',
  'unexpected',
  'unconfirmed',
  'split',
  'sum',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** One finding, with its place. */
export interface Finding {
  readonly kind: FindingKind;
  /** The consumer group's id. */
  readonly group?: string;
  readonly orderId?: string;
  readonly partition?: number;
  readonly offset?: number;
  /** A sentence that says what differs. Of the payload it contains only amounts and SKUs. */
  readonly what: string;
}

/** The number of findings to keep; all are counted. */
const MOST_KEPT = 10_000;

export class Findings {
  readonly #kept: Finding[] = [];
  readonly #counts = new Map<FindingKind, number>();

  add(finding: Finding): void {
    this.#counts.set(finding.kind, (this.#counts.get(finding.kind) ?? 0) + 1);
    if (this.#kept.length < MOST_KEPT) this.#kept.push(finding);
  }

  get kept(): readonly Finding[] {
    return this.#kept;
  }

  get counts(): Readonly<Partial<Record<FindingKind, number>>> {
    return Object.fromEntries(this.#counts);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
