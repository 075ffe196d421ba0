import { ByteColumn } from '../history/columns.ts';
import type { History } from '../history/history.ts';
import type { Item } from '../ports.ts';
import { sortKeyOf, subjectOf, textOf } from './item.ts';
import type { GroupEvidence } from './group-evidence.ts';

const MOST_KEPT = 10_000;

/** An effect for an order that the topic did not contain when it was read. */
export interface Sourceless {
  readonly groupId: string;
  readonly orderId: string;
  readonly what: string;
}

/** The orders that have an item in a table. */
export class OrdersSeen {
  readonly #evidence: GroupEvidence;
  readonly #sourceless: Sourceless[];
  readonly #seen = new ByteColumn();

  /** @param sourceless - collects the orders that the topic does not contain. */
  constructor(evidence: GroupEvidence, sourceless: Sourceless[]) {
    this.#evidence = evidence;
    this.#sourceless = sourceless;
  }

  see(orderId: string, judge: (order: number) => void): void {
    const order = this.#history.findOrder(orderId);
    if (order === undefined) {
      this.noteSourceless(orderId, 'The table has an item for an order that is not on the topic.');
    } else {
      this.#seen.set(order, 1);
      judge(order);
    }
  }

  noteSourceless(orderId: string, what: string): void {
    if (this.#sourceless.length < MOST_KEPT) {
      this.#sourceless.push({ groupId: this.#evidence.groupId, orderId, what });
    }
  }

  forEachUnseen(judge: (order: number) => void): void {
    for (let order = 0; order < this.#history.orderCount; order += 1) {
      if (this.#seen.get(order) === 0) judge(order);
    }
  }

  /** Reports an item that is not one of the group's effects. */
  otherItem(item: Item): void {
    if (subjectOf(item).kind === 'attempts') return;
    const keys = `${textOf(item, 'pk')} / ${sortKeyOf(item)}`;
    const what = `The table has an item of an unknown kind: ${keys}.`;
    this.#evidence.findings.add({ kind: 'unexpected', group: this.#evidence.groupId, what });
  }

  get #history(): History {
    return this.#evidence.history;
  }
}
