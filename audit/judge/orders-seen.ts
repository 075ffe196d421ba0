import { ByteColumn } from '../history/columns.ts';
import type { History } from '../history/history.ts';
import type { Item } from '../ports.ts';
import { sortKeyOf, subjectOf, textOf } from './item.ts';
import type { GroupEvidence } from './group-evidence.ts';

const MOST_KEPT = 10_000;

/** Something was done for an order of which the topic said nothing when it was read. */
export interface Sourceless {
  readonly groupId: string;
  readonly orderId: string;
  readonly what: string;
}

/** Which orders a table has an item of. */
export class OrdersSeen {
  readonly #evidence: GroupEvidence;
  readonly #sourceless: Sourceless[];
  readonly #seen = new ByteColumn();

  /** @param sourceless - takes the orders that the topic does not know. */
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

  /** Takes an item that is none of the effects which the group has. */
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
