import * as z from 'zod/mini';

/** The resources of a consumer, as in the function's environment variables. */
const consumerPlace = z.object({
  groupId: z.string(),
  queueUrl: z.string(),
  functionName: z.string(),
  rehearsalFunctionName: z.string(),
  /** Most records in an invocation of it. */
  batchSize: z.int(),
  /** The time for which it remembers its effects; absent: for ever. */
  remembersDays: z.optional(z.int()),
});

export type ConsumerPlace = z.infer<typeof consumerPlace>;

export const consumerPlaces = z.record(z.string(), consumerPlace);
