import { fingerprint } from '../fingerprint.ts';
import { piecesText } from '../history/history.ts';
import type { Item } from '../ports.ts';
import { reportEvent, reportOrder, type GroupEvidence } from './group-evidence.ts';
import { numberOf, sortKeyOf, subjectOf, textOf } from './item.ts';
import type { OrdersSeen } from './orders-seen.ts';
import { Sums } from './sums.ts';
import { followTwoSlots, type OrderState } from './two-slots.ts';

const PARKED_FOR: ReadonlySet<string> = new Set(['store-refused', 'stock-inconsistent']);

/** Pieces of a sku. */
interface StockLevel {
  readonly available: number;
  readonly reserved: number;
}

export interface InventoryReport {
  readonly reserved: number;
  readonly backordered: number;
  readonly cancelled: number;
  /** Pieces that open reservations hold. */
  readonly piecesReserved: number;
}

export interface StockRules {
  /** Pieces by SKU before the first order; undefined when not recorded. */
  readonly initialStock: ReadonlyMap<string, number> | undefined;
}

/**
 * Checks that each order has one reservation, and that the reserved pieces of a SKU equal those of the open
 * reservations.
 */
export async function judgeInventory(
  evidence: GroupEvidence,
  items: AsyncIterable<Item>,
  seen: OrdersSeen,
  rules: StockRules,
): Promise<InventoryReport> {
  const store = new Store(evidence, rules);
  for await (const item of items) {
    const subject = subjectOf(item);
    const key = sortKeyOf(item);
    if (subject.kind === 'order' && key === 'RESERVATION') {
      seen.see(subject.orderId, (order) => store.judge(order, item));
      store.hold(item);
    } else if (subject.kind === 'sku' && key === 'STOCK') store.stock(subject.sku, item);
    else seen.otherItem(item);
  }
  seen.forEachUnseen((order) => store.judge(order, undefined));
  return store.close();
}

class Store {
  readonly #evidence: GroupEvidence;
  readonly #rules: StockRules;
  readonly #held = new Sums();
  readonly #levels = new Map<string, StockLevel>();
  readonly #counts = { RESERVED: 0, BACKORDERED: 0, CANCELLED: 0 };

  constructor(evidence: GroupEvidence, rules: StockRules) {
    this.#evidence = evidence;
    this.#rules = rules;
  }

  judge(order: number, item: Item | undefined): void {
    const { history } = this.#evidence;
    const state = followTwoSlots(
      this.#evidence,
      {
        effect: 'reservation',
        parkedFor: PARKED_FOR,
        isWanted: ({ row }) => history.wishesOf(row).pieces !== 0,
      },
      order,
      item,
    );
    if (item !== undefined) this.#judgeReservation(order, state, item);
  }

  /** Counts the pieces of a reservation, even when the topic does not contain its order. */
  hold(item: Item): void {
    const status = textOf(item, 'status');
    if (!isStatus(status)) return;
    this.#counts[status] += 1;
    if (status !== 'RESERVED') return;
    for (const [sku, quantity] of piecesOf(item)) this.#held.add(sku, quantity);
  }

  stock(sku: string, item: Item): void {
    this.#levels.set(sku, {
      available: numberOf(item, 'available') ?? Number.NaN,
      reserved: numberOf(item, 'reserved') ?? Number.NaN,
    });
  }

  close(): InventoryReport {
    const skus = new Set([...this.#levels.keys(), ...this.#held.names]);
    for (const sku of skus) this.#judgeStock(sku);
    const { RESERVED, BACKORDERED, CANCELLED } = this.#counts;
    return {
      reserved: RESERVED,
      backordered: BACKORDERED,
      cancelled: CANCELLED,
      piecesReserved: this.#held.names.reduce((sum, sku) => sum + Number(this.#held.get(sku)), 0),
    };
  }

  #judgeReservation(order: number, state: OrderState, item: Item): void {
    const status = textOf(item, 'status') ?? 'nothing';
    const expected = expectedStatuses(state);
    if (!expected.includes(status)) {
      const what = `The reservation is ${status}, but its events make it ${expected.join(' or ') || 'impossible'}.`;
      reportOrder(this.#evidence, order, { kind: 'wrong', what });
    }
    const { placed } = state;
    const pieces = piecesOf(item);
    const asked = placed === undefined ? 0 : this.#evidence.history.wishesOf(placed.row).pieces;
    if (pieces.size === 0 ? asked === 0 : fingerprint(piecesText(pieces)) === asked) return;
    const what = 'The reservation contains other goods than the order.';
    if (placed === undefined) reportOrder(this.#evidence, order, { kind: 'unexpected', what });
    else reportEvent(this.#evidence, placed, { kind: 'wrong', what });
  }

  #judgeStock(sku: string): void {
    const { available, reserved } = this.#levels.get(sku) ?? { available: 0, reserved: 0 };
    const held = Number(this.#held.get(sku));
    const initial = this.#rules.initialStock?.get(sku);
    if (!(available >= 0)) this.#report('wrong', `Of ${sku}, ${available} are available.`);
    if (reserved !== held) {
      this.#report('sum', `Of ${sku}, ${reserved} are reserved, and the open reservations hold ${held}.`);
    }
    if (initial !== undefined && available + held !== initial) {
      this.#report(
        'sum',
        `Of ${sku}, ${available} are available and ${held} held, which makes ${available + held} of ${initial}.`,
      );
    }
  }

  #report(kind: 'wrong' | 'sum', what: string): void {
    this.#evidence.findings.add({ kind, group: this.#evidence.groupId, what });
  }
}

function expectedStatuses({ placed, cancelled }: OrderState): readonly string[] {
  if (cancelled !== undefined) return ['CANCELLED'];
  return placed === undefined ? [] : ['RESERVED', 'BACKORDERED'];
}

function isStatus(status: string | undefined): status is 'RESERVED' | 'BACKORDERED' | 'CANCELLED' {
  return status === 'RESERVED' || status === 'BACKORDERED' || status === 'CANCELLED';
}

function piecesOf(item: Item): ReadonlyMap<string, number> {
  const lines = item['lines'];
  const pieces = new Map<string, number>();
  if (!Array.isArray(lines)) return pieces;
  for (const line of lines as readonly Item[]) {
    const sku = textOf(line, 'sku') ?? '';
    pieces.set(sku, (pieces.get(sku) ?? 0) + (numberOf(line, 'quantity') ?? 0));
  }
  return pieces;
}
