import { Consumer, type ConsumerOptions, type KafkaRecord, type RecordsBatch } from '@platformatic/kafka';

/** How a reader reaches the brokers. */
export interface BrokerConnection {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** TLS with a token for each connection; absent: plain text. */
  readonly token?: () => Promise<string>;
}

/** A record as the topic has it. */
export interface StoredRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** In the record's order; a name may come more than once. */
  readonly headers: readonly RecordHeader[];
}

export interface RecordHeader {
  readonly key: string;
  readonly value: Buffer;
}

/** Records of one partition. */
export interface OffsetsToRead {
  readonly topic: string;
  readonly partition: number;
  /** The first offset to read. */
  readonly from: number;
  /** The offset after the last one; at most the end of the partition. */
  readonly to: number;
}

/** Reads records by their offsets, joins no group and commits nothing. */
export interface RecordReader {
  /**
   * Reads in offset order. Offsets whose records are gone, or hold transaction markers, are left out.
   * @throws the client's error when the brokers cannot be asked, or `from` is below the first offset that is left.
   */
  read(offsets: OffsetsToRead): AsyncIterable<StoredRecord>;
  close(): Promise<void>;
}

/** The client wants a group to belong to; none is ever joined. */
const NO_GROUP = 'reads-records-and-joins-no-group';
const REQUEST_TIMEOUT_MS = 10_000;
const FETCH_WAIT_MS = 100;
const FETCH_BYTES = 1_048_576;
/** A broker may answer with nothing while it is busy. */
const MOST_EMPTY_ANSWERS = 50;

/** Bits of a record batch's attributes. @see https://kafka.apache.org/documentation/#recordbatch */
const LOG_APPEND_TIME = 1 << 3;
const CONTROL = 1 << 5;
const NO_EPOCH = -1;
const NO_BYTES = Buffer.alloc(0);

/** Opens a reader; it connects with the first record that is read. */
export function openRecordReader(clientId: string, { brokers, token }: BrokerConnection): RecordReader {
  const options: ConsumerOptions<Buffer, Buffer, Buffer, Buffer> = {
    clientId,
    groupId: NO_GROUP,
    bootstrapBrokers: [...brokers],
    requestTimeout: REQUEST_TIMEOUT_MS,
    retries: 2,
    ...(token === undefined ? {} : { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token } }),
  };
  const consumer = new Consumer(options);
  return {
    read: (offsets) => readRecords(consumer, offsets),
    close: () => consumer.close(true),
  };
}

async function* readRecords(consumer: Consumer, range: OffsetsToRead): AsyncGenerator<StoredRecord> {
  const { topic, partition, to } = range;
  let [next, emptyAnswers] = [range.from, 0];
  while (next < to) {
    const batches = await fetchBatches(consumer, { topic, partition, offset: next });
    emptyAnswers = batches.length === 0 ? emptyAnswers + 1 : 0;
    if (emptyAnswers > MOST_EMPTY_ANSWERS)
      throw new Error(
        `The brokers sent nothing of ${topic}-${partition} from offset ${next} on, although it ends at ${to}. Try again; ` +
          'if it stays so, look at the brokers.',
      );
    for (const record of batches.flatMap((batch) => recordsOf(batch, partition))) {
      if (record.offset >= next && record.offset < to) yield record;
    }
    next = Math.max(
      next,
      ...batches.map(({ firstOffset, lastOffsetDelta }) => Number(firstOffset) + lastOffsetDelta + 1),
    );
  }
}

async function fetchBatches(
  consumer: Consumer,
  {
    topic,
    partition,
    offset,
  }: { readonly topic: string; readonly partition: number; readonly offset: number },
): Promise<readonly RecordsBatch[]> {
  const metadata = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
  const node = metadata?.partitions[partition]?.leader;
  if (metadata === undefined || node === undefined)
    throw new Error(`${topic}-${partition} has no leader right now, or there is no such partition.`);
  const { responses } = await consumer.fetch({
    node,
    topics: [
      {
        topicId: metadata.id,
        partitions: [
          {
            partition,
            fetchOffset: BigInt(offset),
            currentLeaderEpoch: NO_EPOCH,
            lastFetchedEpoch: NO_EPOCH,
            partitionMaxBytes: FETCH_BYTES,
          },
        ],
      },
    ],
    maxWaitTime: FETCH_WAIT_MS,
    maxBytes: FETCH_BYTES,
  });
  return responses.flatMap((ofTopic) => ofTopic.partitions.flatMap(({ records }) => records ?? []));
}

function recordsOf(batch: RecordsBatch, partition: number): readonly StoredRecord[] {
  if ((batch.attributes & CONTROL) !== 0) return [];
  return batch.records.map((record) => ({
    partition,
    offset: Number(batch.firstOffset) + record.offsetDelta,
    timestamp: timestampOf(batch, record),
    key: record.key,
    value: record.value,
    headers: record.headers.map(([key, value]) => ({ key: String(key), value: value ?? NO_BYTES })),
  }));
}

function timestampOf(batch: RecordsBatch, { timestampDelta }: KafkaRecord): number {
  return Number(
    (batch.attributes & LOG_APPEND_TIME) === 0 ? batch.firstTimestamp + timestampDelta : batch.maxTimestamp,
  );
}
