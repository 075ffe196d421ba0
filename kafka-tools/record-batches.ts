import type { Consumer, KafkaRecord, RecordsBatch } from '@platformatic/kafka';

/** A partition's part of a broker's answer to a fetch, as the client decodes it. */
export type FetchedPartition = Pick<
  Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number],
  'records' | 'abortedTransactions'
>;

/** The source of a record's timestamp, in Kafka's own words. */
export type TimestampType = 'CREATE_TIME' | 'LOG_APPEND_TIME';

export interface RecordTime {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
}

/** Bits of a record batch's attributes. @see https://kafka.apache.org/documentation/#recordbatch */
const LOG_APPEND_TIME = 1 << 3;
const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;

/** A control record's key is its version and its type, 16 bits each; type 0 aborts. */
const TYPE_OFFSET = 2;
const ABORT = 0;

/** Selects the batches with producers' records: without transaction markers, and without aborted transactions. */
export function keptBatches({ records, abortedTransactions }: FetchedPartition): readonly RecordsBatch[] {
  return withoutAborted(records ?? [], abortedTransactions ?? []).filter((batch) => !has(batch, CONTROL));
}

/** Returns the offset after all batches, or `from` if that is greater. */
export function offsetBehind(batches: readonly RecordsBatch[], from: number): number {
  return Math.max(from, ...batches.map((batch) => Number(lastOffset(batch)) + 1));
}

export function recordTime(batch: RecordsBatch, { timestampDelta }: KafkaRecord): RecordTime {
  return has(batch, LOG_APPEND_TIME)
    ? { timestamp: Number(batch.maxTimestamp), timestampType: 'LOG_APPEND_TIME' }
    : { timestamp: Number(batch.firstTimestamp + timestampDelta), timestampType: 'CREATE_TIME' };
}

function has({ attributes }: RecordsBatch, bit: number): boolean {
  return (attributes & bit) !== 0;
}

function lastOffset({ firstOffset, lastOffsetDelta }: RecordsBatch): bigint {
  return firstOffset + BigInt(lastOffsetDelta);
}

type AbortedTransaction = NonNullable<FetchedPartition['abortedTransactions']>[number];

/**
 * Tracks aborted transactions. A producer's batches belong to one from its first offset to the producer's next abort
 * marker.
 */
function withoutAborted(
  batches: readonly RecordsBatch[],
  aborted: readonly AbortedTransaction[],
): readonly RecordsBatch[] {
  if (aborted.length === 0) return batches;
  const waiting = aborted.toSorted((a, b) => Number(a.firstOffset - b.firstOffset));
  const aborting = new Set<bigint>();
  return batches.filter((batch) => {
    while (waiting[0] !== undefined && waiting[0].firstOffset <= lastOffset(batch)) {
      aborting.add(waiting[0].producerId);
      waiting.shift();
    }
    if (isAbortMarker(batch)) aborting.delete(batch.producerId);
    return !(has(batch, TRANSACTIONAL) && aborting.has(batch.producerId));
  });
}

function isAbortMarker(batch: RecordsBatch): boolean {
  const key = has(batch, CONTROL) ? batch.records[0]?.key : undefined;
  return key?.readInt16BE(TYPE_OFFSET) === ABORT;
}
