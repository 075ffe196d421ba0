import type { Item } from '../ports.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Mark } from './slot.ts';

const ORDER = 'ORDER#';
const SKU = 'SKU#';
const RECORD = 'RECORD#';

/** What an item is about, by its partition key. */
export type Subject =
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'sku'; readonly sku: string }
  /** What a consumer remembers of its attempts with a record: it says nothing about the effects. */
  | { readonly kind: 'attempts' }
  | { readonly kind: 'unknown' };

export function subjectOf(item: Item): Subject {
  const key = textOf(item, 'pk') ?? '';
  if (key.startsWith(ORDER)) return { kind: 'order', orderId: key.slice(ORDER.length) };
  if (key.startsWith(SKU)) return { kind: 'sku', sku: key.slice(SKU.length) };
  return { kind: key.startsWith(RECORD) ? 'attempts' : 'unknown' };
}

export function sortKeyOf(item: Item): string {
  return textOf(item, 'sk') ?? '';
}

export function textOf(item: Item, name: string): string | undefined {
  const value = item[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(item: Item, name: string): number | undefined {
  const value = item[name];
  return typeof value === 'number' ? value : undefined;
}

/** Undefined when the item has none under these names. */
export function markOf(
  item: Item | undefined,
  names: { readonly id: string; readonly hash: string },
): Mark | undefined {
  const id = item && textOf(item, names.id);
  const hash = item && textOf(item, names.hash);
  if (id === undefined || hash === undefined) return undefined;
  return { eventId: fingerprint(id), hash: fingerprint(hash) };
}

export const PLACED = { id: 'placedEventId', hash: 'placedHash' };
export const CANCELLED = { id: 'cancelEventId', hash: 'cancelHash' };
