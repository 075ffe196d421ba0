import type { WriteAnswer } from '../idempotency/conditional-write.ts';
import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { PoisonFailure, RetryableFailure } from '../kernel/record-failure.ts';
import type { Result } from '../kernel/result.ts';

export interface SkuQuantity {
  readonly sku: string;
  /** Whole pieces, at least 1. */
  readonly quantity: number;
}

/** An order that wants goods: 1 to 99 lines, each sku once. */
export interface ReservationRequest {
  readonly orderId: string;
  readonly lines: readonly SkuQuantity[];
  readonly placed: EventMark;
}

export interface Cancellation {
  readonly orderId: string;
  readonly cancelled: EventMark;
}

/** A reservation that holds goods, or waits for them. */
export interface OpenReservation {
  readonly orderId: string;
  readonly status: 'RESERVED' | 'BACKORDERED';
  readonly lines: readonly SkuQuantity[];
  readonly placed: EventMark;
}

/** Holds nothing. Without `placed` the cancellation came first. */
export interface CancelledReservation {
  readonly orderId: string;
  readonly status: 'CANCELLED';
  readonly placed?: EventMark;
  readonly cancelled: EventMark;
}

export type Reservation = OpenReservation | CancelledReservation;

/** The existing reservation that a transaction met instead of its own; an error when it cannot be read. */
export interface MetReservation {
  readonly orderId: string;
  readonly existing: Result<Reservation, EffectFailure>;
}

/**
 * What became of a transaction. All or nothing: only `committed` changed anything, and `unknown` may have. Where a
 * transaction was refused for several reasons, the first kind of this list is reported.
 */
export type StockTransaction =
  | { readonly kind: 'committed' }
  /** These orders have a reservation already, or another one than was read. */
  | { readonly kind: 'reservationsMet'; readonly met: readonly MetReservation[] }
  /** Too little of these skus; in a release, less reserved than is given back. */
  | { readonly kind: 'stockShort'; readonly skus: readonly string[] }
  /** Somebody else was writing the same items, or the store asked to slow down. */
  | { readonly kind: 'contended'; readonly failure: RetryableFailure }
  /** The store will never accept it as it is. */
  | { readonly kind: 'rejected'; readonly failure: PoisonFailure }
  /** No answer: it may have happened. */
  | { readonly kind: 'unknown'; readonly failure: RetryableFailure };

/** Stock and reservations, in one store that writes both at once. Stock never goes below zero. */
export interface StockBook {
  /** Reserves for all of these orders or for none; at most {@link MAX_ACTIONS} items, each order once. */
  readonly reserve: (requests: readonly ReservationRequest[]) => Promise<StockTransaction>;
  /** The pieces available of each of these skus, never a stale number; a sku without stock may be missing. At most {@link MAX_ACTIONS}. */
  readonly readStock: (
    skus: ReadonlySet<string>,
  ) => Promise<Result<ReadonlyMap<string, number>, EffectFailure>>;
  /**
   * Notes for each order that it waits for goods; takes none. Each order once. One answer for each, in the order given: one
   * that fails says nothing about the others.
   */
  readonly recordBackorders: (
    requests: readonly ReservationRequest[],
  ) => Promise<readonly WriteAnswer<Reservation>[]>;
  /** The latest state, never a stale one. */
  readonly findReservation: (orderId: string) => Promise<Result<Reservation | undefined, EffectFailure>>;
  /** Cancels the reservation if it is still as given, and gives back exactly what it holds. */
  readonly release: (reservation: OpenReservation, cancellation: Cancellation) => Promise<StockTransaction>;
  /** When the order has no reservation: notes the cancellation, so that none can follow it. */
  readonly barReservation: (cancellation: Cancellation) => Promise<WriteAnswer<Reservation>>;
}

/**
 * How many items one transaction may write.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const MAX_ACTIONS = 100;
