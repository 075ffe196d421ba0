/** An order event as it is sent: CloudEvents 1.0, structured JSON. */
export type OrderEvent = OrderPlacedEvent | OrderCancelledEvent;

export interface OrderPlacedEvent extends Envelope {
  readonly type: 'order.placed';
  readonly data: {
    readonly customer: { readonly email: string; readonly phone: string };
    readonly lines: readonly OrderLineData[];
    /** ISO 4217. */
    readonly currency: string;
    /** In minor units: the sum of the lines. */
    readonly total: number;
  };
}

export interface OrderCancelledEvent extends Envelope {
  readonly type: 'order.cancelled';
  readonly data: { readonly reason: string };
}

export interface OrderLineData {
  readonly sku: string;
  readonly quantity: number;
  /** In minor units. */
  readonly unitPrice: number;
}

interface Envelope {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  /** The order id. */
  readonly subject: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
}
