import type { Fixed } from '../../functions/redrive/operations/fix.ts';

/** Formats the result of a fix. */
export function fixText({ id, eventId, corrects, place }: Fixed): string {
  return [
    `Published ${eventId} at ${place.partition}:${place.offset}; it corrects ${corrects}.`,
    `The record ${id} is superseded: it stays in the queues, and is not redriven again.`,
  ].join('\n');
}
