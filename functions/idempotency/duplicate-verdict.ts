import type { ReceivedEvent } from '../kernel/order-event.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { payloadHash } from './payload-hash.ts';

/** The trace of an event in its effect. */
export interface EventMark {
  readonly eventId: string;
  /** As {@link payloadHash} gives it. */
  readonly payloadHash: string;
  /** The id of the event that it corrects. */
  readonly corrects?: string;
}

export function eventMark(received: ReceivedEvent): EventMark {
  const { eventId, corrects } = received.event;
  const mark = { eventId, payloadHash: payloadHash(received) };
  return corrects === undefined ? mark : { ...mark, corrects };
}

/**
 * Judges an event that meets the mark of an earlier one under its own key. The same payload is a redelivery, the
 * producer's second send, or our own write seen by a retry inside the SDK: all of them are done already. An event and its
 * corrections are one: whichever had the effect, the others have nothing to do.
 */
export function duplicateVerdict(stored: EventMark, incoming: EventMark): ConsumerOutcome {
  if (stored.payloadHash === incoming.payloadHash) return { kind: 'duplicate' };
  if (isCorrection(stored, incoming)) return { kind: 'skipped', reason: 'corrected' };
  return stored.eventId === incoming.eventId ? EVENT_ID_REUSED : ORDER_ID_REUSED;
}

/** Returns whether one of two events corrects the other, or both correct the same one. */
function isCorrection(one: EventMark, other: EventMark): boolean {
  const isAny = one.corrects !== undefined || other.corrects !== undefined;
  return isAny && (one.corrects ?? one.eventId) === (other.corrects ?? other.eventId);
}

const EVENT_ID_REUSED: ConsumerOutcome = {
  kind: 'poison',
  failure: {
    code: 'event-id-reused',
    message:
      'An event with this id and another payload took effect before; send a changed event under a new id.',
  },
};

const ORDER_ID_REUSED: ConsumerOutcome = {
  kind: 'poison',
  failure: {
    code: 'order-id-reused',
    message:
      'Another event of this type with another payload took effect for this order id before; an order is placed once and cancelled once.',
  },
};
