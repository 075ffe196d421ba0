import type { WriteAnswer } from '../../../functions/idempotency/conditional-write.ts';
import type {
  Cancellation,
  CancelledReservation,
  MetReservation,
  OpenReservation,
  Reservation,
  ReservationRequest,
  SkuQuantity,
  StockBook,
  StockTransaction,
} from '../../../functions/inventory/ports.ts';
import type { Stock } from '../../../functions/inventory/rehearsal-stock-book.ts';
import { err, ok } from '../../../functions/kernel/result.ts';
import { noFaults, UNAVAILABLE, underFault, type Faults } from '../faults.ts';

const UNKNOWN: StockTransaction = {
  kind: 'unknown',
  failure: { code: 'store-unavailable', message: 'planted' },
};

/** A stock book with the conditions of the real one, and with faults. */
export class InMemoryStockBook implements StockBook {
  readonly stock = new Map<string, Stock>();
  readonly reservations = new Map<string, Reservation>();
  /** What was sent, by order ids: `reserve a b`, `release a`, ... */
  readonly calls: string[] = [];
  /** Answers for transactions that come before the store looks at them. */
  readonly planned: StockTransaction[] = [];
  /** How often a transaction was sent while another one on the same sku was in progress. */
  collisions = 0;
  readonly #inProgress: (readonly SkuQuantity[])[] = [];
  faults: Faults = noFaults;

  constructor(available: Readonly<Record<string, number>>) {
    for (const [sku, pieces] of Object.entries(available))
      this.stock.set(sku, { available: pieces, reserved: 0 });
  }

  readonly reserve = (requests: readonly ReservationRequest[]) =>
    this.#transact(
      `reserve ${requests.map(({ orderId }) => orderId).join(' ')}`,
      requests.flatMap(({ lines }) => lines),
      () => {
        const met = requests.flatMap(({ orderId }) => this.#met(orderId));
        if (met.length > 0) return { kind: 'reservationsMet', met };
        const taken = sum(requests.flatMap(({ lines }) => lines));
        const short = taken.filter(({ sku, quantity }) => (this.stock.get(sku)?.available ?? 0) < quantity);
        if (short.length > 0) return { kind: 'stockShort', skus: short.map(({ sku }) => sku) };
        for (const line of taken) this.#move(line, 1);
        for (const request of requests)
          this.reservations.set(request.orderId, { ...request, status: 'RESERVED' });
        return { kind: 'committed' };
      },
    );

  readonly release = (reservation: OpenReservation, { orderId, cancelled }: Cancellation) =>
    this.#transact(`release ${orderId}`, reservation.lines, () => {
      if (this.reservations.get(orderId)?.status !== reservation.status)
        return { kind: 'reservationsMet', met: this.#met(orderId) };
      const held = reservation.status === 'RESERVED' ? reservation.lines : [];
      const short = held.filter(({ sku, quantity }) => (this.stock.get(sku)?.reserved ?? 0) < quantity);
      if (short.length > 0) return { kind: 'stockShort', skus: short.map(({ sku }) => sku) };
      for (const line of held) this.#move(line, -1);
      this.reservations.set(orderId, { orderId, status: 'CANCELLED', placed: reservation.placed, cancelled });
      return { kind: 'committed' };
    });

  readonly readStock = (skus: ReadonlySet<string>) => {
    this.calls.push(`stock ${[...skus].join(' ')}`);
    return underFault<Awaited<ReturnType<StockBook['readStock']>>>(
      this.faults(),
      () => ok(new Map([...skus].map((sku) => [sku, this.stock.get(sku)?.available ?? 0]))),
      () => err(UNAVAILABLE),
    );
  };

  /** Each write has its own fault, as each statement of a batch has its own answer. */
  readonly recordBackorders = (requests: readonly ReservationRequest[]) => {
    this.calls.push(`put BACKORDERED ${requests.map(({ orderId }) => orderId).join(' ')}`);
    return Promise.all(requests.map((request) => this.#put({ ...request, status: 'BACKORDERED' })));
  };

  readonly barReservation = ({ orderId, cancelled }: Cancellation) => {
    this.calls.push(`put CANCELLED ${orderId}`);
    return this.#put({ orderId, status: 'CANCELLED', cancelled } satisfies CancelledReservation);
  };

  readonly findReservation = async (orderId: string) => {
    this.calls.push(`find ${orderId}`);
    return underFault<Awaited<ReturnType<StockBook['findReservation']>>>(
      this.faults(),
      () => ok(this.reservations.get(orderId)),
      () => err(UNAVAILABLE),
    );
  };

  async #transact(
    call: string,
    lines: readonly SkuQuantity[],
    effect: () => StockTransaction,
  ): Promise<StockTransaction> {
    this.calls.push(call);
    const planned = this.planned.shift();
    if (planned !== undefined) return planned;
    this.#begin(lines);
    try {
      return await underFault(this.faults(), effect, () => UNKNOWN);
    } finally {
      this.#inProgress.splice(this.#inProgress.indexOf(lines), 1);
    }
  }

  #begin(lines: readonly SkuQuantity[]): void {
    const busy = new Set(this.#inProgress.flat().map(({ sku }) => sku));
    if (lines.some(({ sku }) => busy.has(sku))) this.collisions += 1;
    this.#inProgress.push(lines);
  }

  #put(reservation: Reservation): Promise<WriteAnswer<Reservation>> {
    return underFault<WriteAnswer<Reservation>>(
      this.faults(),
      () => {
        const existing = this.reservations.get(reservation.orderId);
        if (existing !== undefined) return ok({ kind: 'met', existing });
        this.reservations.set(reservation.orderId, reservation);
        return ok({ kind: 'written' });
      },
      () => err(UNAVAILABLE),
    );
  }

  #met(orderId: string): MetReservation[] {
    const existing = this.reservations.get(orderId);
    return existing === undefined ? [] : [{ orderId, existing: ok(existing) }];
  }

  #move({ sku, quantity }: SkuQuantity, sign: 1 | -1): void {
    const { available, reserved } = this.stock.get(sku) ?? { available: 0, reserved: 0 };
    this.stock.set(sku, { available: available - sign * quantity, reserved: reserved + sign * quantity });
  }
}

function sum(lines: readonly SkuQuantity[]): readonly SkuQuantity[] {
  return Array.from(
    Map.groupBy(lines, ({ sku }) => sku),
    ([sku, same]) => ({ sku, quantity: same.reduce((total, { quantity }) => total + quantity, 0) }),
  );
}
