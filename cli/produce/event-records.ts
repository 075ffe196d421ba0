import type { RecordToSend } from '@order-events/kafka-tools';
import type { OrderEventWire } from '../../functions/kernel/order-event-schema.ts';

/** An outgoing record that still knows the event in it. */
export interface EventRecord<E extends OrderEventWire = OrderEventWire> extends RecordToSend {
  readonly event: E;
}

/** The records of events: the order id is the key, so that all events of an order are in one partition. */
export function* eventRecords<E extends OrderEventWire>(events: Iterable<E>): Generator<EventRecord<E>> {
  for (const event of events) yield { key: event.subject, value: JSON.stringify(event), event };
}
