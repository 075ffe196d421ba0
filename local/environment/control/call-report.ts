import * as z from 'zod';

/** One call of a function by an event poller. It contains record coordinates and no record content. */
const callReport = z.object({
  consumerGroupId: z.string(),
  functionName: z.string(),
  /** Process id of the poller. */
  pid: z.int(),
  /** The number of the call, counted per poller from 1. */
  number: z.int(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  /** The number of the attempt with these records, from 1. */
  attempt: z.int(),
  partitions: z
    .array(z.object({ partition: z.int(), firstOffset: z.int(), lastOffset: z.int(), records: z.int() }))
    .readonly(),
  /** Missing while the call is open. */
  end: z
    .object({
      endedAt: z.number(),
      outcome: z.enum(['succeeded', 'someFailed', 'allFailed', 'notReached', 'lost']),
      requestId: z.string().optional(),
      failed: z.array(z.tuple([z.int(), z.int()]).readonly()).readonly(),
    })
    .optional(),
  /** Increases with each change of any call. */
  revision: z.int(),
});

/** Calls that changed since an earlier answer. */
export const callsSince = z.object({ calls: z.array(callReport).readonly(), revision: z.int() });

export type CallReport = z.infer<typeof callReport>;
export type CallsSince = z.infer<typeof callsSince>;
