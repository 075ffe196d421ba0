import * as z from 'zod/mini';
import type { EventMark } from '../idempotency/duplicate-verdict.ts';

/** How the marks of an order's two events are kept on its item. */
export const markAttributes = {
  placedEventId: z.optional(z.string()),
  placedHash: z.optional(z.string()),
  cancelEventId: z.optional(z.string()),
  cancelHash: z.optional(z.string()),
};

type MarkAttributes = { readonly [Name in keyof typeof markAttributes]?: string | undefined };

export interface OrderMarks {
  readonly placed?: EventMark;
  readonly cancelled?: EventMark;
}

export function marksOf(item: MarkAttributes): OrderMarks {
  const placed = mark(item.placedEventId, item.placedHash);
  const cancelled = mark(item.cancelEventId, item.cancelHash);
  return { ...(placed && { placed }), ...(cancelled && { cancelled }) };
}

export function placedAttributes({ eventId, payloadHash }: EventMark) {
  return { placedEventId: eventId, placedHash: payloadHash };
}

export function cancelAttributes({ eventId, payloadHash }: EventMark) {
  return { cancelEventId: eventId, cancelHash: payloadHash };
}

function mark(eventId: string | undefined, payloadHash: string | undefined): EventMark | undefined {
  return eventId === undefined || payloadHash === undefined ? undefined : { eventId, payloadHash };
}
