import type { OrderEvent } from './order-event.ts';

/** Attribute names that every consumer's table shares. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

export const INVOICE_SORT_KEY = 'INVOICE';
export const RESERVATION_SORT_KEY = 'RESERVATION';
export const STOCK_SORT_KEY = 'STOCK';

/** Partition key of everything that belongs to one order. Ids hold no `#`, so two orders never share a key. */
export function orderKey(orderId: string): string {
  return `ORDER#${orderId}`;
}

/** Partition key of the stock of one sku. */
export function skuKey(sku: string): string {
  return `SKU#${sku}`;
}

/** Sort key of the notification about one event type through one channel. */
export function notificationSortKey(type: OrderEvent['type'], channel: 'email' | 'sms'): string {
  return `${type}#${channel}`;
}
