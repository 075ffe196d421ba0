import * as z from 'zod';

/** One event poller: a process, and one member of the mapping's consumer group. */
const pollerReport = z.object({
  pid: z.int(),
  /** Missing before the first assignment. */
  memberId: z.string().optional(),
  partitions: z.array(z.int()),
  recordsInvoked: z.int(),
  /** Epoch milliseconds. */
  lastCommitAt: z.number().optional(),
});

/** One event source mapping as it runs. */
export const mappingReport = z.object({
  uuid: z.string(),
  functionName: z.string(),
  consumerGroupId: z.string(),
  topic: z.string(),
  state: z.string(),
  /** `USER_INITIATED`, or Lambda's code for why the mapping does not work. */
  stateTransitionReason: z.string().optional(),
  /** `OK`, or what went wrong last. */
  lastProcessingResult: z.string().optional(),
  /** Set while the number of pollers is not the mapping's own choice. */
  pollerOverride: z.int().optional(),
  /** The group's generation: each rebalance raises it by one. */
  generationId: z.int().optional(),
  pollers: z.array(pollerReport),
});

export type MappingReport = z.infer<typeof mappingReport>;
export type PollerReport = MappingReport['pollers'][number];
