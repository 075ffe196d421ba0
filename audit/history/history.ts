import { fingerprint } from '../fingerprint.ts';
import type { AuditedEvent, PlacedOrder } from '../event/read-event.ts';
import { ByteColumn, NO_ROW, NumberColumn, RowColumn } from './columns.ts';
import { GrowthLine } from './growth-line.ts';
import { TextNumbers } from './text-numbers.ts';

/** The kinds of records, by number. */
const KINDS = [
  'placed',
  'cancelled',
  'poison',
  'tombstone',
] as const satisfies readonly AuditedEvent['kind'][];

export interface Position {
  readonly partition: number;
  readonly offset: number;
}

/** An event of an order, with fingerprints in place of texts; 0 stands for a missing text. */
export interface HistoryEvent extends Position {
  readonly row: number;
  readonly kind: 'placed' | 'cancelled';
  readonly eventId: number;
  /** The id of the corrected event, or its own. */
  readonly rootId: number;
  readonly hash: number;
}

/** The content of an order.placed. */
export interface Wishes {
  readonly totalMinor: number;
  readonly currency: string;
  readonly time: number;
  readonly pieces: number;
  readonly email: number;
  readonly phone: number;
}

/**
 * The events of every order, in partition order, with those before an increase of partitions first. A million events
 * take about 140 megabytes.
 */
export class History {
  readonly #orders = new TextNumbers();
  readonly #firstRow = new RowColumn();
  readonly #lastRow = new RowColumn();
  readonly #nextRow = new RowColumn();
  readonly #orderOfRow = new RowColumn();
  readonly #kind = new ByteColumn();
  readonly #partition = new RowColumn();
  readonly #offset = new NumberColumn();
  readonly #eventId = new NumberColumn();
  /** Only of corrections: there are few. */
  readonly #rootIds = new Map<number, number>();
  readonly #hash = new NumberColumn();
  readonly #total = new NumberColumn();
  readonly #currency = new ByteColumn();
  readonly #currencies: string[] = [];
  readonly #time = new NumberColumn();
  readonly #pieces = new NumberColumn();
  readonly #email = new NumberColumn();
  readonly #phone = new NumberColumn();
  readonly #growth: GrowthLine;
  #rows = 0;

  constructor(growth = new GrowthLine(undefined)) {
    this.#growth = growth;
  }

  /** Records that were added. */
  get size(): number {
    return this.#rows;
  }

  /** Orders are numbered from 0. */
  get orderCount(): number {
    return this.#orders.count;
  }

  add({ partition, offset }: Position, event: AuditedEvent): void {
    const row = this.#rows;
    this.#rows += 1;
    this.#kind.set(row, KINDS.indexOf(event.kind));
    this.#partition.set(row, partition);
    this.#offset.set(row, offset);
    if (event.kind === 'poison' || event.kind === 'tombstone') return;
    this.#eventId.set(row, fingerprint(event.eventId));
    if (event.rootId !== event.eventId) this.#rootIds.set(row, fingerprint(event.rootId));
    this.#hash.set(row, fingerprint(event.hash));
    if (event.kind === 'placed') this.#addWishes(row, event);
    this.#link(row, this.#orders.numberOf(event.orderId));
  }

  findOrder(orderId: string): number | undefined {
    return this.#orders.find(orderId);
  }

  orderId(order: number): string {
    return this.#orders.textOf(order);
  }

  kindOf(row: number): AuditedEvent['kind'] {
    return KINDS[this.#kind.get(row)] ?? 'poison';
  }

  /** Undefined for a record that belongs to no order. */
  orderOf(row: number): number | undefined {
    const order = this.#orderOfRow.get(row);
    return order === NO_ROW ? undefined : order;
  }

  positionOf(row: number): Position {
    return { partition: this.#partition.get(row), offset: this.#offset.get(row) };
  }

  eventsOf(order: number): readonly HistoryEvent[] {
    const events: HistoryEvent[] = [];
    for (let row = this.#firstRow.get(order); row !== NO_ROW; row = this.#nextRow.get(row)) {
      events.push({
        row,
        kind: this.kindOf(row) === 'placed' ? 'placed' : 'cancelled',
        ...this.positionOf(row),
        eventId: this.#eventId.get(row),
        rootId: this.#rootIds.get(row) ?? this.#eventId.get(row),
        hash: this.#hash.get(row),
      });
    }
    return events.toSorted((a, b) => Number(this.isAfterGrowth(a)) - Number(this.isAfterGrowth(b)));
  }

  isAfterGrowth(position: Position): boolean {
    return this.#growth.isAfter(position);
  }

  wishesOf(row: number): Wishes {
    return {
      totalMinor: this.#total.get(row),
      currency: this.#currencies[this.#currency.get(row)] ?? '',
      time: this.#time.get(row),
      pieces: this.#pieces.get(row),
      email: this.#email.get(row),
      phone: this.#phone.get(row),
    };
  }

  #addWishes(row: number, event: PlacedOrder): void {
    this.#total.set(row, event.totalMinor);
    this.#currency.set(row, this.#currencyNumber(event.currency));
    this.#time.set(row, fingerprint(event.time));
    this.#pieces.set(row, event.pieces.size === 0 ? 0 : fingerprint(piecesText(event.pieces)));
    this.#email.set(row, event.email === undefined ? 0 : fingerprint(event.email));
    this.#phone.set(row, event.phone === undefined ? 0 : fingerprint(event.phone));
  }

  #currencyNumber(currency: string): number {
    const known = this.#currencies.indexOf(currency);
    return known === -1 ? this.#currencies.push(currency) - 1 : known;
  }

  #link(row: number, order: number): void {
    this.#orderOfRow.set(row, order);
    const last = this.#lastRow.get(order);
    if (last === NO_ROW) this.#firstRow.set(order, row);
    else this.#nextRow.set(last, row);
    this.#lastRow.set(order, row);
  }
}

/** The same text for the same pieces, in whatever order they were named. */
export function piecesText(pieces: ReadonlyMap<string, number>): string {
  return [...pieces]
    .map(([sku, quantity]) => `${sku} ${quantity}`)
    .toSorted()
    .join();
}
