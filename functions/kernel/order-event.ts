import type { CurrencyCode } from './currency.ts';

/** How the customer can be reached. */
export interface CustomerContact {
  readonly email?: string;
  /** E.164, such as `+4915112345678`. */
  readonly phone?: string;
}

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  /** In minor units of the order's currency. */
  readonly unitPriceMinor: number;
}

export interface OrderPlaced {
  readonly type: 'order.placed';
  /** 1 to 128 characters; 13 more for the shortest order, where it is `order-placed:` and the order id. */
  readonly eventId: string;
  readonly orderId: string;
  /** The id of the event that this one takes the place of. */
  readonly corrects?: string;
  /** RFC 3339. */
  readonly time: string;
  readonly customer?: CustomerContact;
  /** Empty for the shortest order, which names no goods; otherwise 1 to 200 lines with at most 99 distinct skus. */
  readonly lines: readonly OrderLine[];
  readonly currency: CurrencyCode;
  /** In minor units of the currency: 0 to `Number.MAX_SAFE_INTEGER`. */
  readonly totalMinor: number;
}

export interface OrderCancelled {
  readonly type: 'order.cancelled';
  readonly eventId: string;
  readonly orderId: string;
  /** The id of the event that this one takes the place of. */
  readonly corrects?: string;
  /** RFC 3339. */
  readonly time: string;
  readonly reason?: string;
}

export type OrderEvent = OrderPlaced | OrderCancelled;

/**
 * A valid event together with what was received for it, before validation: the payload hash is taken over that, so
 * that a change of this schema does not make another event of a redelivered one.
 */
export interface ReceivedEvent {
  readonly event: OrderEvent;
  readonly received: { readonly type: string; readonly subject: string; readonly data: unknown };
}
