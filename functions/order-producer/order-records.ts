import { parseOrderEvent } from '../kernel/parse-order-event.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { ShortestOrderContext } from '../kernel/shortest-order.ts';
import type { OrderRecord } from './ports.ts';

/**
 * Of all values of one request, in UTF-8. With the keys, headers and framing of 500 records it stays below the topic's
 * limit of a batch (700,000 bytes), even if all records are in one partition.
 */
const MAX_BYTES = 500_000;

/** An order event in the record that carries it. */
export interface EventInRecord {
  readonly orderId: string;
  readonly eventId: string;
  readonly record: OrderRecord;
}

/**
 * The records of order events, CloudEvents or shortest orders: each is sent as it was given, if the consumers could read it.
 * The failure names the first event that they could not, by its place, and quotes nothing of it.
 */
export function orderRecords(
  events: readonly unknown[],
  context: ShortestOrderContext,
): Result<readonly EventInRecord[], string> {
  const records: EventInRecord[] = [];
  for (const [index, event] of events.entries()) {
    const parsed = parseOrderEvent(event, context);
    if (!parsed.ok) {
      return err(`Event ${index + 1} of ${events.length} could not be consumed: ${parsed.error.message}`);
    }
    const { orderId, eventId } = parsed.value.event;
    records.push({ orderId, eventId, record: { key: orderId, value: JSON.stringify(event) } });
  }
  return withinSize(records);
}

function withinSize(records: readonly EventInRecord[]): Result<readonly EventInRecord[], string> {
  const bytes = records.reduce((sum, { record }) => sum + Buffer.byteLength(record.value), 0);
  if (bytes <= MAX_BYTES) return ok(records);
  return err(`The events have ${bytes} bytes, and at most ${MAX_BYTES} go at once. Send them in parts.`);
}
