import type { Consumer, KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import { keptBatches, offsetBehind, recordTime, type FetchedPartition } from '@order-events/kafka-tools';
import type { PolledRecord, RecordHeader } from '../../record/polled-record.ts';

/** What one fetch brought of a partition. */
export interface FetchedRecords {
  /** In offset order; none when the fetch brought markers of transactions only. */
  readonly records: readonly PolledRecord[];
  /** Where the next fetch begins. */
  readonly next: number;
}

/** A broker's answer to a fetch, as the client decodes it. */
export type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/**
 * Reads the record batches of a fetched partition. Brokers send whole batches, so that the first may begin before the
 * offset that was asked for; aborted transactions are told only to who reads committed records, and are left out.
 *
 * @param from the offset that was asked for.
 */
export function decodeFetched(
  topicPartition: { readonly topic: string; readonly partition: number },
  fetched: FetchedPartition,
  from: number,
): FetchedRecords {
  return {
    records: keptBatches(fetched)
      .flatMap((batch) => batch.records.map((record) => toPolledRecord(topicPartition, batch, record)))
      .filter(({ offset }) => offset >= from),
    next: offsetBehind(fetched.records ?? [], from),
  };
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
    ...recordTime(batch, record),
    key: record.key,
    value: record.value,
    headers: record.headers.map(toHeader),
  };
}

/** A header without a value has no bytes. */
function toHeader([key, value]: KafkaRecord['headers'][number]): RecordHeader {
  return { key: String(key), value: value ?? Buffer.alloc(0) };
}
