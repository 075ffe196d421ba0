import type { OrderEvent, ReceivedEvent } from './order-event.ts';

type EventByType = {
  readonly [T in OrderEvent['type']]: Extract<OrderEvent, { readonly type: T }>;
};

/**
 * What a consumer does with each type of event. A type that is new to {@link OrderEvent} does not compile in any consumer until
 * somebody has decided what it means there.
 */
export type EventHandlers<R, Types extends OrderEvent['type'] = OrderEvent['type']> = {
  readonly [T in Types]: (event: EventByType[T], received: ReceivedEvent) => R;
};

/** Calls the handler of an event's type. */
export function handleEvent<R>(handlers: EventHandlers<R>, received: ReceivedEvent): R {
  return handlerCall(handlers, received.event, received);
}

/** The type parameter ties the handler to its event, which a union of events does not. */
function handlerCall<R, T extends OrderEvent['type']>(
  handlers: EventHandlers<R, T>,
  event: EventByType[T],
  received: ReceivedEvent,
): R {
  return handlers[event.type](event, received);
}
