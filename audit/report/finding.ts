/**
 * What can be wrong.
 *
 * | kind | what it says |
 * |---|---|
 * | `lost` | an acknowledged event is not on the topic, or another one is in its place |
 * | `missing` | a group has committed past a record, and nothing became of it |
 * | `double` | something was done twice |
 * | `wrong` | what was done is not what the event asks for |
 * | `unexpected` | something was done that no event asks for |
 * | `unconfirmed` | a message was claimed and never confirmed, so that another delivery would send it again |
 * | `split` | the events of one order are on several partitions, where nobody keeps their order |
 * | `sum` | a sum differs, although each part seemed right |
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

/** One thing that is wrong, with where to look. */
export interface Finding {
  readonly kind: FindingKind;
  /** The consumer group's id. */
  readonly group?: string;
  readonly orderId?: string;
  readonly partition?: number;
  readonly offset?: number;
  /** A sentence that says what differs, without anything of a payload but amounts and skus. */
  readonly what: string;
}

/** So many are kept; all are counted. */
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
