import * as z from 'zod/mini';

/** The expected outcome of one record. */
export const rehearsedRecord = z.object({
  /** The key of the event's `records`: `<topic>-<partition>`. */
  partition: z.string(),
  offset: z.int(),
  /** `processed`: it would have its effect now. `duplicate`: it had it before. */
  outcome: z.enum(['processed', 'duplicate', 'skipped', 'poison', 'failed', 'heldBack']),
  /** The failure's code, or why there is nothing to do. */
  reason: z.optional(z.string()),
  /** For people; quotes nothing of the record. */
  message: z.optional(z.string()),
});

export type RehearsedRecord = z.infer<typeof rehearsedRecord>;

/** The answer of a consumer's rehearsal function: one entry for each record of the event. */
export const rehearsalAnswer = z.object({ records: z.array(rehearsedRecord) });

export type RehearsalAnswer = z.infer<typeof rehearsalAnswer>;
