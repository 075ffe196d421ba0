import * as z from 'zod';

const LONGEST_MS = 600_000;
const LONGEST_DELAY_MS = 30_000;

/** A disturbance of one function for a limited time, to watch its effects. */
export const disturbanceRequest = z.object({
  /** Delay in milliseconds before each invocation. */
  delayMs: z.int().min(0).max(LONGEST_DELAY_MS),
  /** Services that the function cannot reach, spelled as in the AWS SDK's variables. */
  unreachable: z.array(z.enum(['DYNAMODB', 'SQS', 'SESV2', 'SNS'])).readonly(),
  /** Milliseconds after which the disturbance ends; 0 ends it now. */
  forMs: z.int().min(0).max(LONGEST_MS),
});

export type DisturbanceRequest = z.infer<typeof disturbanceRequest>;
