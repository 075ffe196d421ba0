import * as z from 'zod';

const LONGEST_MS = 600_000;
const LONGEST_DELAY_MS = 30_000;

/** A trouble for one function, for a while, to see what follows. */
export const disturbanceRequest = z.object({
  /** Milliseconds that each invocation waits before it begins. */
  delayMs: z.int().min(0).max(LONGEST_DELAY_MS),
  /** Services that the function cannot reach, as the AWS SDK spells them in its variables. */
  unreachable: z.array(z.enum(['DYNAMODB', 'SQS', 'SESV2', 'SNS'])).readonly(),
  /** Milliseconds after which all is as it was; 0 ends it now. */
  forMs: z.int().min(0).max(LONGEST_MS),
});

export type DisturbanceRequest = z.infer<typeof disturbanceRequest>;
