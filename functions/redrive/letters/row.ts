import * as z from 'zod/mini';

/** A listed row: one record, one discarded range, or one malformed message. */
export const letterRow = z.object({
  /** `<partition>:<offset>`, `<partition>:<first>-<last>`, or the id of a malformed message. */
  id: z.string(),
  kind: z.enum(['parked', 'pointer', 'malformed']),
  /** The code of the failure, Lambda's word for the condition, or what is wrong with the message. */
  reason: z.string(),
  topic: z.optional(z.string()),
  partition: z.optional(z.int()),
  offset: z.optional(z.int()),
  /** Of a range; absent where it is the same as `offset`. */
  lastOffset: z.optional(z.int()),
  orderId: z.optional(z.string()),
  /** RFC 3339. */
  firstSeen: z.string(),
  /** How many messages speak of it: a failure that was parked again is one more. */
  messages: z.int(),
  /** How often it was redriven; of a range, its record that was redriven most. */
  redriven: z.int(),
  /**
   * `waiting`: for a redrive. `held`: redriven as often as may be. `expired`: the topic has deleted it. `superseded`: a
   * corrected event took its place.
   */
  state: z.enum(['waiting', 'held', 'expired', 'superseded', 'malformed']),
  /** Until the topic's retention deletes what a pointer names; absent where nothing is read again, or never deleted. */
  hoursLeft: z.optional(z.number()),
});

export type LetterRow = z.infer<typeof letterRow>;
