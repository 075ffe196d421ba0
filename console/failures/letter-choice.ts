import * as z from 'zod';

const LONGEST_TEXT = 256;

/** Which letters of a consumer are meant, and how careful a redrive is with them. */
export const letterChoice = z.strictObject({
  /** Absent: whatever the reason. */
  reason: z.string().min(1).max(LONGEST_TEXT).optional(),
  /** Absent: of every order. */
  order: z.string().min(1).max(LONGEST_TEXT).optional(),
  /** So many records at most. */
  first: z.int().min(1).max(1_000_000).optional(),
  /** Records a second. */
  perSecond: z.number().min(0.1).max(10_000).optional(),
  /** Tries held records, too. */
  force: z.boolean(),
});

export type LetterChoice = z.infer<typeof letterChoice>;
