import type { Consumer, KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import type { PolledRecord, RecordHeader, TimestampType } from '../../record/polled-record.ts';

/** What one fetch brought of a partition. */
export interface FetchedRecords {
  /** In offset order; none when the fetch brought markers of transactions only. */
  readonly records: readonly PolledRecord[];
  /** Where the next fetch begins. */
  readonly next: number;
}

/** A broker's answer to a fetch, as the client decodes it. */
export type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/** A partition's part of it. */
export type FetchedPartition = Pick<
  FetchResponse['responses'][number]['partitions'][number],
  'records' | 'abortedTransactions'
>;

/** Bits of a record batch's attributes. @see https://kafka.apache.org/documentation/#recordbatch */
const LOG_APPEND_TIME = 1 << 3;
const TRANSACTIONAL = 1 << 4;
const CONTROL = 1 << 5;

/** A control record's key is its version and its type, 16 bits each; type 0 aborts. */
const TYPE_OFFSET = 2;
const ABORT = 0;

/**
 * Reads the record batches of a fetched partition. Brokers send whole batches, so that the first may begin before the
 * offset that was asked for; aborted transactions are told only to who reads committed records, and are left out.
 *
 * @param from the offset that was asked for.
 */
export function decodeFetched(
  topicPartition: { readonly topic: string; readonly partition: number },
  { records, abortedTransactions }: FetchedPartition,
  from: number,
): FetchedRecords {
  const batches = records ?? [];
  const kept = withoutAborted(batches, abortedTransactions ?? []).filter((batch) => !has(batch, CONTROL));
  return {
    records: kept
      .flatMap((batch) => batch.records.map((record) => toPolledRecord(topicPartition, batch, record)))
      .filter(({ offset }) => offset >= from),
    next: Math.max(from, ...batches.map((batch) => Number(lastOffset(batch)) + 1)),
  };
}

function has({ attributes }: RecordsBatch, bit: number): boolean {
  return (attributes & bit) !== 0;
}

function lastOffset({ firstOffset, lastOffsetDelta }: RecordsBatch): bigint {
  return firstOffset + BigInt(lastOffsetDelta);
}

type AbortedTransaction = NonNullable<FetchedPartition['abortedTransactions']>[number];

/** A producer's batches are of an aborted transaction from its first offset to the producer's next abort marker. */
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

function toPolledRecord(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  batch: RecordsBatch,
  record: KafkaRecord,
): PolledRecord {
  return {
    topic,
    partition,
    offset: Number(batch.firstOffset) + record.offsetDelta,
    ...timestampOf(batch, record),
    key: record.key,
    value: record.value,
    headers: record.headers.map(toHeader),
  };
}

function timestampOf(
  batch: RecordsBatch,
  { timestampDelta }: KafkaRecord,
): { readonly timestamp: number; readonly timestampType: TimestampType } {
  return has(batch, LOG_APPEND_TIME)
    ? { timestamp: Number(batch.maxTimestamp), timestampType: 'LOG_APPEND_TIME' }
    : { timestamp: Number(batch.firstTimestamp + timestampDelta), timestampType: 'CREATE_TIME' };
}

/** A header without a value has no bytes. */
function toHeader([key, value]: KafkaRecord['headers'][number]): RecordHeader {
  return { key: String(key), value: value ?? Buffer.alloc(0) };
}
