import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { WriteAnswer } from '../idempotency/conditional-write.ts';
import type {
  Cancellation,
  MetReservation,
  OpenReservation,
  Reservation,
  ReservationRequest,
  SkuQuantity,
  StockBook,
  StockTransaction,
} from './ports.ts';
import { sumBySku } from './reservation-request.ts';

export interface Stock {
  readonly available: number;
  readonly reserved: number;
}

/** Reads reservations and stock, never a stale state. */
export interface StockReader {
  readonly findReservation: StockBook['findReservation'];
  /** Nothing of both where there is no such sku. */
  readonly findStock: (sku: string) => Promise<Result<Stock, EffectFailure>>;
}

/** Answers as the book would, and writes nothing: what earlier records of the rehearsal would have written is remembered. */
export function rehearsalStockBook(reader: StockReader): StockBook {
  const world = new RehearsedStock(reader);
  return {
    findReservation: (orderId) => world.reservation(orderId),
    reserve: (requests) => world.reserve(requests),
    release: (reservation, cancellation) => world.release(reservation, cancellation),
    readStock: (skus) => world.readStock(skus),
    recordBackorders: (requests) =>
      Promise.all(requests.map((request) => world.putNew({ ...request, status: 'BACKORDERED' }))),
    barReservation: (cancellation) => world.putNew({ ...cancellation, status: 'CANCELLED' }),
  };
}

class RehearsedStock {
  readonly #reader: StockReader;
  readonly #reservations = new Map<string, Reservation>();
  readonly #stock = new Map<string, Stock>();

  constructor(reader: StockReader) {
    this.#reader = reader;
  }

  async reservation(orderId: string): Promise<Result<Reservation | undefined, EffectFailure>> {
    const earlier = this.#reservations.get(orderId);
    return earlier === undefined ? this.#reader.findReservation(orderId) : ok(earlier);
  }

  async putNew(reservation: Reservation): Promise<WriteAnswer<Reservation>> {
    const found = await this.reservation(reservation.orderId);
    if (!found.ok) return found;
    if (found.value !== undefined) return ok({ kind: 'met', existing: found.value });
    this.#reservations.set(reservation.orderId, reservation);
    return ok({ kind: 'written' });
  }

  async readStock(skus: ReadonlySet<string>): Promise<Result<ReadonlyMap<string, number>, EffectFailure>> {
    const available = new Map<string, number>();
    for (const sku of skus) {
      const found = await this.#find(sku);
      if (!found.ok) return found;
      available.set(sku, found.value.available);
    }
    return ok(available);
  }

  async reserve(requests: readonly ReservationRequest[]): Promise<StockTransaction> {
    const met: MetReservation[] = [];
    for (const { orderId } of requests) {
      const found = await this.reservation(orderId);
      if (!found.ok) met.push({ orderId, existing: found });
      else if (found.value !== undefined) met.push({ orderId, existing: ok(found.value) });
    }
    if (met.length > 0) return { kind: 'reservationsMet', met };
    const lines = sumBySku(requests.flatMap((request) => request.lines));
    const refusal = await this.#move(lines, ({ available, reserved }, quantity) =>
      available < quantity ? undefined : { available: available - quantity, reserved: reserved + quantity },
    );
    if (refusal !== undefined) return refusal;
    for (const { orderId, lines: own, placed } of requests)
      this.#reservations.set(orderId, { orderId, status: 'RESERVED', lines: own, placed });
    return { kind: 'committed' };
  }

  async release(reservation: OpenReservation, { cancelled }: Cancellation): Promise<StockTransaction> {
    const { orderId, placed } = reservation;
    const lines = reservation.status === 'RESERVED' ? reservation.lines : [];
    const refusal = await this.#move(lines, ({ available, reserved }, quantity) =>
      reserved < quantity ? undefined : { available: available + quantity, reserved: reserved - quantity },
    );
    if (refusal !== undefined) return refusal;
    this.#reservations.set(orderId, { orderId, status: 'CANCELLED', placed, cancelled });
    return { kind: 'committed' };
  }

  async #find(sku: string): Promise<Result<Stock, EffectFailure>> {
    const earlier = this.#stock.get(sku);
    return earlier === undefined ? this.#reader.findStock(sku) : ok(earlier);
  }

  /** All of the lines or none; `moved` answers undefined where there is too little. */
  async #move(
    lines: readonly SkuQuantity[],
    moved: (stock: Stock, quantity: number) => Stock | undefined,
  ): Promise<StockTransaction | undefined> {
    const after = new Map<string, Stock>();
    const short: string[] = [];
    for (const { sku, quantity } of lines) {
      const found = await this.#find(sku);
      if (!found.ok) {
        const { error } = found;
        return error.code === 'store-refused'
          ? { kind: 'rejected', failure: { code: 'store-refused', message: error.message } }
          : { kind: 'unknown', failure: { code: 'store-unavailable', message: error.message } };
      }
      const stock = moved(found.value, quantity);
      if (stock === undefined) short.push(sku);
      else after.set(sku, stock);
    }
    if (short.length > 0) return { kind: 'stockShort', skus: short };
    for (const [sku, stock] of after) this.#stock.set(sku, stock);
    return undefined;
  }
}
