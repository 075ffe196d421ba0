import type { OrderEvent } from '../orders/order-event-wire.ts';

/** A record that is about to be sent. */
export interface OutgoingRecord {
  /** Decides the partition; without one, any partition gets the record. */
  readonly key: string | undefined;
  readonly value: string;
}

/** An outgoing record that still knows the event in it. */
export interface EventRecord<E extends OrderEvent = OrderEvent> extends OutgoingRecord {
  readonly event: E;
}

/** A record that the topic has: acknowledged by all of its in-sync replicas. */
export interface Sent<R extends OutgoingRecord = OutgoingRecord> {
  readonly record: R;
  readonly partition: number;
  readonly offset: number;
}

/** The records of events: the order id is the key, so that all events of an order are in one partition. */
export function* eventRecords<E extends OrderEvent>(events: Iterable<E>): Generator<EventRecord<E>> {
  for (const event of events) yield { key: event.subject, value: JSON.stringify(event), event };
}
