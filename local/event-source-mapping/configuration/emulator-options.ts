import type { BackoffPolicy } from './backoff-policy.ts';

/** Behaviour that AWS does not document, as options. Plain JSON. */
export interface EmulatorOptions {
  /** After a partial response: retry the listed records, or all from the lowest listed offset of each partition. */
  readonly partialRetryScope: 'records' | 'rewind';
  /**
   * True makes a partition wait while its records are retried. With `false`, newer records overtake them after the
   * first failed try (or throttle), in the poller's other calls. The retried batch keeps its own call, so with
   * `callsPerPoller` 1 nothing overtakes. Until its first try fails, a batch holds its partitions. So all batches of
   * a partition in flight are retries, except the newest, and the first tries of its records keep their order.
   * Commits never pass an unresolved record, so records that overtook one are read again when another poller takes
   * over.
   */
  readonly holdPartition: boolean;
  readonly bisectUsesRetries: boolean;
  readonly bisectOnPartialResponse: boolean;
  readonly backoff: BackoffPolicy;
  /** A null value has no `value` property, or `value: null`. */
  readonly tombstone: 'omit' | 'null';
  /** `condition` in the on-failure document of records that became too old. */
  readonly ageCondition: string;
  readonly commitWhenAllFiltered: boolean;
  /** The position at which a partition continues after retention has deleted its position. */
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
  /** The number of tries to send a document to the on-failure destination before its records count as dropped. */
  readonly destinationTries: number;
  /** The treatment of settings that AWS accepts and the emulator ignores. */
  readonly unsupportedSettings: 'reject' | 'warn';
  /** The maximum number of filters of one mapping: 5, or up to 10 with a raised quota. */
  readonly maximumFilters: number;
}

/** Merges options into the defaults. */
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
