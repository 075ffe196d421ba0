import { isUtf8 } from 'node:buffer';
import { isCancelled, isPlaced, isShortest, type LineWire, type PlacedWire } from './contract.ts';
import { minorUnits } from './money.ts';
import { payloadHash } from './payload-hash.ts';

/** The meaning of a record for the consumers. */
export type AuditedEvent =
  | { readonly kind: 'tombstone' }
  /** No consumer can ever do anything with it. */
  | { readonly kind: 'poison' }
  | (Identity & { readonly kind: 'cancelled' })
  | PlacedOrder;

interface Identity {
  readonly eventId: string;
  /** The id of the corrected event, or its own. Events that share one effect have the same one. */
  readonly rootId: string;
  readonly orderId: string;
  readonly hash: string;
}

export interface PlacedOrder extends Identity {
  readonly kind: 'placed';
  readonly time: string;
  readonly currency: string;
  readonly totalMinor: number;
  /** Pieces by sku; empty for the shortest order. */
  readonly pieces: ReadonlyMap<string, number>;
  readonly email: string | undefined;
  readonly phone: string | undefined;
}

const MOST_LEVELS = 32;
const MOST_SKUS = 99;
const POISON: AuditedEvent = { kind: 'poison' };

/** @param currency - of the stage, for the shortest order. */
export function readEvent(
  { value, timestamp }: { readonly value: Buffer | null; readonly timestamp: number },
  currency: string,
): AuditedEvent {
  if (value === null) return { kind: 'tombstone' };
  const json = parse(value);
  if (typeof json !== 'object' || json === null || Array.isArray(json) || isTooDeep(json, MOST_LEVELS)) {
    return POISON;
  }
  const wire: unknown = json;
  if (Object.hasOwn(json, 'order_id') && !Object.hasOwn(json, 'specversion')) {
    return isShortest(wire) ? shortestOrder(wire, { timestamp, currency }) : POISON;
  }
  if (isPlaced(wire)) return placedOrder(wire);
  if (isCancelled(wire)) {
    const { id, corrects = id, subject, data } = wire;
    return {
      kind: 'cancelled',
      eventId: id,
      rootId: corrects,
      orderId: subject,
      hash: payloadHash('order.cancelled', subject, data),
    };
  }
  return POISON;
}

/** Text that is not JSON has no value: JSON itself never gives undefined. */
function parse(value: Buffer): unknown {
  if (!isUtf8(value)) return undefined;
  try {
    return JSON.parse(value.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

function placedOrder({ id, corrects = id, subject, time, data }: PlacedWire): AuditedEvent {
  const pieces = piecesOf(data.lines);
  const sum = data.lines.reduce((total, { quantity, unitPrice }) => total + quantity * unitPrice, 0);
  if (sum !== data.total || pieces.size > MOST_SKUS) return POISON;
  return {
    kind: 'placed',
    eventId: id,
    rootId: corrects,
    orderId: subject,
    hash: payloadHash('order.placed', subject, data),
    time,
    currency: data.currency,
    totalMinor: Math.abs(data.total),
    pieces,
    email: data.customer?.email,
    phone: data.customer?.phone,
  };
}

function shortestOrder(
  wire: { readonly order_id: string | number; readonly amount: number },
  { timestamp, currency }: { readonly timestamp: number; readonly currency: string },
): AuditedEvent {
  const orderId = String(wire.order_id);
  const totalMinor = minorUnits(wire.amount, currency);
  const time = new Date(timestamp);
  if (totalMinor === undefined || Number.isNaN(time.getTime())) return POISON;
  return {
    kind: 'placed',
    eventId: `order-placed:${orderId}`,
    rootId: `order-placed:${orderId}`,
    orderId,
    hash: payloadHash('order.placed', orderId, wire),
    time: time.toISOString(),
    currency,
    totalMinor,
    pieces: new Map(),
    email: undefined,
    phone: undefined,
  };
}

function piecesOf(lines: readonly LineWire[]): ReadonlyMap<string, number> {
  const pieces = new Map<string, number>();
  for (const { sku, quantity } of lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  return pieces;
}
