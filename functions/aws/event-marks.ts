import * as z from 'zod/mini';
import type { EventMark } from '../idempotency/duplicate-verdict.ts';

/** The attributes of an order's item for the marks of its two events. */
export const markAttributes = {
  placedEventId: z.optional(z.string()),
  placedHash: z.optional(z.string()),
  placedCorrects: z.optional(z.string()),
  cancelEventId: z.optional(z.string()),
  cancelHash: z.optional(z.string()),
  cancelCorrects: z.optional(z.string()),
};

type MarkAttributes = { readonly [Name in keyof typeof markAttributes]?: string | undefined };

export interface OrderMarks {
  readonly placed?: EventMark;
  readonly cancelled?: EventMark;
}

export function marksOf(item: MarkAttributes): OrderMarks {
  const placed = mark(item.placedEventId, item.placedHash, item.placedCorrects);
  const cancelled = mark(item.cancelEventId, item.cancelHash, item.cancelCorrects);
  return { ...(placed && { placed }), ...(cancelled && { cancelled }) };
}

export function placedAttributes({ eventId, payloadHash, corrects }: EventMark) {
  const placed = { placedEventId: eventId, placedHash: payloadHash };
  return corrects === undefined ? placed : { ...placed, placedCorrects: corrects };
}

export function cancelAttributes({ eventId, payloadHash, corrects }: EventMark) {
  const cancelled = { cancelEventId: eventId, cancelHash: payloadHash };
  return corrects === undefined ? cancelled : { ...cancelled, cancelCorrects: corrects };
}

function mark(
  eventId: string | undefined,
  payloadHash: string | undefined,
  corrects: string | undefined,
): EventMark | undefined {
  if (eventId === undefined || payloadHash === undefined) return undefined;
  return corrects === undefined ? { eventId, payloadHash } : { eventId, payloadHash, corrects };
}

/** Builds an update that marks an item as cancelled. */
export function cancelUpdate(cancelled: EventMark) {
  const attributes = Object.entries(cancelAttributes(cancelled));
  return {
    set: attributes.map(([name]) => `${name} = :${name}`).join(', '),
    values: Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
  };
}
