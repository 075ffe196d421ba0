import { ByteColumn, NumberColumn } from '../history/columns.ts';
import type { Item } from '../ports.ts';
import { markOf, textOf } from './item.ts';
import type { Mark } from './slot.ts';

const STATUSES = ['none', 'SENT', 'SENDING', 'AMBIGUOUS', 'unknown'] as const;

export type ClaimStatus = (typeof STATUSES)[number];

/** The entries of one channel in the table of notifications, by order. */
export class Claims {
  readonly #status = new ByteColumn();
  readonly #eventId = new NumberColumn();
  readonly #hash = new NumberColumn();

  note(order: number, item: Item): void {
    const status = STATUSES.find((known) => known === textOf(item, 'status'));
    this.#status.set(order, STATUSES.indexOf(status ?? 'unknown'));
    const mark = markOf(item, { id: 'eventId', hash: 'payloadHash' });
    this.#eventId.set(order, mark?.eventId ?? 0);
    this.#hash.set(order, mark?.hash ?? 0);
  }

  statusOf(order: number): ClaimStatus {
    return STATUSES[this.#status.get(order)] ?? 'unknown';
  }

  markOf(order: number): Mark | undefined {
    if (this.statusOf(order) === 'none') return undefined;
    return { eventId: this.#eventId.get(order), hash: this.#hash.get(order) };
  }
}
