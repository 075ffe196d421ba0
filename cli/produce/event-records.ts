import type { RecordToSend } from '@order-events/kafka-tools';
import type { OrderEvent } from '../orders/order-event-wire.ts';

/** An outgoing record that still knows the event in it. */
export interface EventRecord<E extends OrderEvent = OrderEvent> extends RecordToSend {
  readonly event: E;
}

/** The records of events: the order id is the key, so that all events of an order are in one partition. */
export function* eventRecords<E extends OrderEvent>(events: Iterable<E>): Generator<EventRecord<E>> {
  for (const event of events) yield { key: event.subject, value: JSON.stringify(event), event };
}
