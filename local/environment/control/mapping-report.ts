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

/** One running event source mapping. */
export const mappingReport = z.object({
  uuid: z.string(),
  functionName: z.string(),
  consumerGroupId: z.string(),
  topic: z.string(),
  state: z.string(),
  /** `USER_INITIATED`, or Lambda's code for the problem of the mapping. */
  stateTransitionReason: z.string().optional(),
  /** `OK`, or what went wrong last. */
  lastProcessingResult: z.string().optional(),
  /** Set while a user overrides the number of pollers. */
  pollerOverride: z.int().optional(),
  /** The group's generation, which each rebalance increases by one. */
  generationId: z.int().optional(),
  /** Records that the mapping has discarded since the environment started; `dropped` ones are in no destination. */
  givenUp: z.object({ delivered: z.int(), dropped: z.int() }),
  pollers: z.array(pollerReport),
});

export type MappingReport = z.infer<typeof mappingReport>;
export type PollerReport = MappingReport['pollers'][number];
