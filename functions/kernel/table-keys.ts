import type { OrderEvent } from './order-event.ts';
import type { TopicPartitionOffset } from './topic-partition-offset.ts';

/** Attribute names that every consumer's table shares. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

export const INVOICE_SORT_KEY = 'INVOICE';
export const RESERVATION_SORT_KEY = 'RESERVATION';
export const STOCK_SORT_KEY = 'STOCK';
export const ATTEMPTS_SORT_KEY = 'ATTEMPTS';

/** Partition key of everything that belongs to one order. Ids hold no `#`, so two orders never share a key. */
export function orderKey(orderId: string): string {
  return `ORDER#${orderId}`;
}

/** Partition key of the stock of one sku. */
export function skuKey(sku: string): string {
  return `SKU#${sku}`;
}

/** Partition key of the attempts with one record. Topic names hold no `#`. */
export function attemptsKey({ topic, partition, offset }: TopicPartitionOffset): string {
  return `RECORD#${topic}#${partition}#${offset}`;
}

/** Sort key of the notification about one event type through one channel. */
export function notificationSortKey(type: OrderEvent['type'], channel: 'email' | 'sms'): string {
  return `${type}#${channel}`;
}
