import type { Consumer, KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import {
  keptBatches,
  offsetBehind,
  recordTime,
  type FetchedPartition,
} from '@order-events/kafka-tools/record-batches';
import type { PolledRecord, RecordHeader } from '../../record/polled-record.ts';

/** The result of one fetch for a partition. */
export interface FetchedRecords {
  /** In offset order; empty when the fetch returned only transaction markers. */
  readonly records: readonly PolledRecord[];
  /** The offset of the next fetch. */
  readonly next: number;
}

/** A broker's answer to a fetch, as the client decodes it. */
export type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/**
 * Reads the record batches of a fetched partition. Brokers send whole batches, so the first may start before the
 * requested offset. Records of aborted transactions are left out; brokers list them only for readers of committed
 * records.
 *
 * @param from the requested offset.
 */
export function decodeFetched(
  topicPartition: { readonly topic: string; readonly partition: number },
  fetched: FetchedPartition,
  from: number,
): FetchedRecords {
  const records: PolledRecord[] = [];
  for (const batch of keptBatches(fetched)) {
    for (const record of batch.records) {
      const polled = toPolledRecord(topicPartition, batch, record);
      if (polled.offset >= from) records.push(polled);
    }
  }
  return { records, next: offsetBehind(fetched.records ?? [], from) };
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

/** Returns a header's value; a header without a value has no bytes. */
function toHeader([key, value]: KafkaRecord['headers'][number]): RecordHeader {
  return { key: String(key), value: value ?? Buffer.alloc(0) };
}
