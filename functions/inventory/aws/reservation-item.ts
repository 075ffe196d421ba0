import * as z from 'zod/mini';
import type { Reservation } from '../ports.ts';
import type { EffectFailure } from '../../kernel/outcome-of-failure.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { RESERVATION_SORT_KEY, orderKey } from '../../kernel/table-keys.ts';
import { markAttributes, marksOf } from '../../aws/event-marks.ts';
import { readItem, UNREADABLE, type StoredItem } from '../../aws/stored-item.ts';

const ReservationItem = z.object({
  status: z.enum(['RESERVED', 'BACKORDERED', 'CANCELLED']),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
  ...markAttributes,
});

export function reservationItemKey(orderId: string) {
  return { pk: orderKey(orderId), sk: RESERVATION_SORT_KEY };
}

export function readReservation(
  orderId: string,
  stored: StoredItem | undefined,
): Result<Reservation | undefined, EffectFailure> {
  const item = readItem(ReservationItem, stored);
  if (!item.ok) return item;
  return item.value === undefined ? ok(undefined) : toReservation(orderId, item.value);
}

/** As {@link readReservation}, where a failed condition says that there is one. */
export function readMetReservation(
  orderId: string,
  stored: StoredItem | undefined,
): Result<Reservation, EffectFailure> {
  const found = readReservation(orderId, stored);
  if (!found.ok) return found;
  return found.value === undefined ? err(UNREADABLE) : ok(found.value);
}

function toReservation(
  orderId: string,
  item: z.infer<typeof ReservationItem>,
): Result<Reservation, EffectFailure> {
  const { status, lines } = item;
  const { placed, cancelled } = marksOf(item);
  if (status === 'CANCELLED')
    return cancelled === undefined
      ? err(UNREADABLE)
      : ok({ orderId, status, cancelled, ...(placed && { placed }) });
  return placed === undefined ? err(UNREADABLE) : ok({ orderId, status, lines, placed });
}
