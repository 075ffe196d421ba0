import * as z from 'zod/mini';

/** Where a consumer is, as the function is told in its environment. */
const consumerPlace = z.object({
  groupId: z.string(),
  queueUrl: z.string(),
  functionName: z.string(),
  rehearsalFunctionName: z.string(),
  /** Most records in an invocation of it. */
  batchSize: z.int(),
  /** How long it remembers what it did; absent: for ever. */
  remembersDays: z.optional(z.int()),
});

export type ConsumerPlace = z.infer<typeof consumerPlace>;

export const consumerPlaces = z.record(z.string(), consumerPlace);
