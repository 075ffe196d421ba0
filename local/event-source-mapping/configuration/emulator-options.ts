import type { BackoffPolicy } from './backoff-policy.ts';

/**
 * What AWS does not say, and so can be chosen. Plain JSON.
 */
export interface EmulatorOptions {
  /** After a partial response: retry the listed records, or all from the lowest listed offset of each partition. */
  readonly partialRetryScope: 'records' | 'rewind';
  /**
   * Whether a partition waits while records of it are retried. With `false`, newer records overtake them from the first
   * failed try on, a throttled one included, in the poller's other calls; the retried batch keeps its own, so with
   * `callsPerPoller` 1 nothing overtakes. Until then a batch holds its partitions: of the batches of a partition that
   * are in flight at once, all but the newest are retries, and the first tries of its records keep their order.
   * Commits pass no unresolved record either way, so what overtook one comes again when another poller takes over.
   */
  readonly holdPartition: boolean;
  readonly bisectUsesRetries: boolean;
  readonly bisectOnPartialResponse: boolean;
  readonly backoff: BackoffPolicy;
  /** A null value has no `value` property, or `value: null`. */
  readonly tombstone: 'omit' | 'null';
  /** `condition` in the on-failure document of records that grew too old. */
  readonly ageCondition: string;
  readonly commitWhenAllFiltered: boolean;
  /** Where a partition goes on whose position retention has passed. */
  readonly outOfRangeReset: 'logStart' | 'startingPosition';
  /** A batch item failure whose offset is text, such as `"100"`. */
  readonly stringOffsets: 'reject' | 'accept';
  /** Time between the creation of a mapping and its first poll. */
  readonly startDelayMs: number;
  readonly scaleIntervalMs: number;
  readonly callsPerPoller: number;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** Object key of an S3 destination; see on-failure/s3-object-key.ts for its fields. */
  readonly s3KeyTemplate: string;
  /** How often a document is sent to the on-failure destination before its records count as dropped. */
  readonly destinationTries: number;
  /** Settings that AWS takes and the emulator does not act on. */
  readonly unsupportedSettings: 'reject' | 'warn';
  /** Filters of one mapping: 5, or up to 10 with a raised quota. */
  readonly maximumFilters: number;
}

/** The defaults, with some of them replaced. */
export function emulatorOptions(chosen: Partial<EmulatorOptions> = {}): EmulatorOptions {
  return Object.freeze({
    partialRetryScope: 'records',
    holdPartition: true,
    bisectUsesRetries: false,
    bisectOnPartialResponse: false,
    backoff: Object.freeze({ baseMs: 100, maximumMs: 30_000 }),
    tombstone: 'omit',
    ageCondition: 'RecordAgeExceeded',
    commitWhenAllFiltered: true,
    outOfRangeReset: 'logStart',
    stringOffsets: 'reject',
    startDelayMs: 0,
    scaleIntervalMs: 60_000,
    callsPerPoller: 5,
    isolationLevel: 'read_uncommitted',
    s3KeyTemplate: 'aws/lambda/{mappingId}/{topicPartition}/{yyyy}/{mm}/{dd}/{timestamp}-{uuid}',
    destinationTries: 3,
    unsupportedSettings: 'reject',
    maximumFilters: 5,
    ...chosen,
  });
}
