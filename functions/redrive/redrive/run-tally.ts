import type { DriveCounts, DrivenRecord } from '../engine/ports.ts';
import { orderIdOf } from '../letters/order-id.ts';
import { rowId } from '../letters/row-id.ts';
import type { Collected } from './collect.ts';
import type { Verdict } from './choose-records.ts';
import type { MissingRecords } from './wanted-ranges.ts';

/** The number of problems to list. Further ones usually share a cause; the counts and the journal include them. */
const MOST_TOLD = 20;

export interface ToldRecord {
  readonly id: string;
  readonly orderId?: string;
  readonly outcome: 'failed' | 'heldBack';
  readonly reason: string;
}

/** The summary of one call of a run, for people. */
export class RunTally {
  readonly #reasons = new Map<string, number>();
  readonly #passed = new Map<Verdict, number>();
  readonly #missing = new Set<string>();
  readonly #told: ToldRecord[] = [];
  #withOthers = 0;
  #steps: number;
  #counts: DriveCounts;

  constructor(before: DriveCounts, steps: number) {
    this.#counts = before;
    this.#steps = steps;
  }

  nextStep(): number {
    this.#steps += 1;
    return this.#steps;
  }

  get steps(): number {
    return this.#steps;
  }

  look({ withOthers }: Collected): void {
    this.#withOthers = withOthers;
    // What a look passes by, the next one passes by again.
    this.#passed.clear();
  }

  passBy(verdict: Verdict): void {
    this.#passed.set(verdict, (this.#passed.get(verdict) ?? 0) + 1);
  }

  miss({ id }: MissingRecords): void {
    this.#missing.add(id);
  }

  note(driven: readonly DrivenRecord[]): void {
    const counts = { ...this.#counts };
    for (const { record, fate } of driven) {
      counts[fate.kind] += 1;
      const reason = 'reason' in fate ? `${fate.kind} ${fate.reason}` : fate.kind;
      this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
      if (this.#told.length >= MOST_TOLD || (fate.kind !== 'failed' && fate.kind !== 'heldBack')) continue;
      const orderId = orderIdOf(record);
      this.#told.push({
        id: rowId(record.partition, record.offset),
        ...(orderId === undefined ? {} : { orderId }),
        outcome: fate.kind,
        reason:
          fate.kind === 'failed'
            ? `${fate.reason}${fate.message === undefined ? '' : `: ${fate.message}`}`
            : `behind ${rowId(fate.behind.partition, fate.behind.offset)}`,
      });
    }
    this.#counts = counts;
  }

  progress(): string {
    const { applied, leftOut, failed, heldBack } = this.#counts;
    return `${applied} applied, ${leftOut} left out, ${failed} failed, ${heldBack} held back`;
  }

  report() {
    return {
      reasons: Object.fromEntries(this.#reasons),
      held: this.#passed.get('held') ?? 0,
      superseded: this.#passed.get('superseded') ?? 0,
      expired: [...this.#missing],
      told: this.#told,
      withOthers: this.#withOthers,
    };
  }
}
