import type { Batch } from '../batch/batch.ts';
import type { BatchVerdict } from '../retry/batch-verdict.ts';

/** A call of the function by one poller: its records, attempt and result. Coordinates only, no content. */
export interface FunctionCallReport {
  /** The number of the call, counted per poller from 1. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The number of the attempt with these records, from 1. */
  readonly attempt: number;
  readonly partitions: readonly CalledPartition[];
  /** Absent while the call is open. */
  readonly end?: FunctionCallEnd;
}

/** The records of one partition in a call. */
export interface CalledPartition {
  readonly partition: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly records: number;
}

export interface FunctionCallEnd {
  /** Epoch milliseconds. */
  readonly endedAt: number;
  /** `lost`: the poller's process ended first. */
  readonly outcome: BatchVerdict['kind'] | 'lost';
  /** Lambda's id of the invocation; absent when it did not reach the function. */
  readonly requestId?: string;
  /** The records that the function reported as failed, as partition and offset. */
  readonly failed: readonly (readonly [partition: number, offset: number])[];
}

/** Describes the start of a call. */
export function callOf({ records, attempts }: Batch, number: number, startedAt: number): FunctionCallReport {
  return {
    number,
    startedAt,
    attempt: attempts + 1,
    partitions: [...Map.groupBy(records, ({ partition }) => partition)].map(([partition, ofPartition]) => ({
      partition,
      firstOffset: ofPartition[0]?.offset ?? 0,
      lastOffset: ofPartition.at(-1)?.offset ?? 0,
      records: ofPartition.length,
    })),
  };
}

/** Describes the end of a call. */
export function endOf(
  verdict: BatchVerdict,
  requestId: string | undefined,
  endedAt: number,
): FunctionCallEnd {
  return {
    endedAt,
    outcome: verdict.kind,
    ...(requestId === undefined ? {} : { requestId }),
    failed:
      verdict.kind === 'someFailed'
        ? verdict.failed.map(({ partition, offset }) => [partition, offset] as const)
        : [],
  };
}
