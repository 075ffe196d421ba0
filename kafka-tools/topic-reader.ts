import type { Consumer, ConsumerOptions, KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import { clientLibrary } from './client-library.ts';
import type { OffsetRange } from './offset-lag.ts';
import {
  keptBatches,
  offsetBehind,
  recordTime,
  type FetchedPartition,
  type RecordTime,
} from './record-batches.ts';

/** The connection settings of brokers, for any client library. */
export interface BrokerAddresses {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** TLS with a token for each connection, for IAM authentication; absent: plain text. */
  readonly token?: () => Promise<string>;
}

/** A record as the brokers have it. */
export interface TopicRecord extends RecordTime {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Name and bytes, in the order in which the producer set them; a name may repeat. */
  readonly headers: readonly (readonly [string, Buffer | null])[];
}

/** Reads records by their offsets, without joining a group and without commits. */
export interface TopicReader {
  /** Reads the first existing offset of each partition, and its next one. */
  bounds(): Promise<ReadonlyMap<number, OffsetRange>>;
  /**
   * Finds the first offset of each partition whose record is not older than `timestampMs`; the end offset if there is
   * none.
   *
   * @param timestampMs epoch milliseconds.
   */
  offsetsAt(timestampMs: number): Promise<ReadonlyMap<number, number>>;
  /** The committed records of one partition from `from` on, and before `to`, in offset order. Gaps are left out. */
  read(partition: number, from: number, to: number): AsyncGenerator<TopicRecord>;
  close(): Promise<void>;
}

/** The group id in requests. No group has members with it, because the reader joins none. */
const NO_GROUP = 'orders-reads-without-a-group';
const REQUEST_TIMEOUT_MS = 20_000;
const FETCH_WAIT_MS = 100;
const FETCH_BYTES = 4_194_304;
const UNKNOWN_EPOCH = -1;
/** The number of empty answers to accept. A broker may return nothing while a record is being written. */
const MOST_EMPTY_ANSWERS = 50;

async function newConsumer(addresses: BrokerAddresses): Promise<Consumer> {
  const { Consumer: ConsumerOfLibrary } = await clientLibrary();
  return new ConsumerOfLibrary(consumerOptions(addresses));
}

function consumerOptions({
  brokers,
  token,
}: BrokerAddresses): ConsumerOptions<Buffer, Buffer, Buffer, Buffer> {
  return {
    clientId: 'orders-topic-reader',
    groupId: NO_GROUP,
    bootstrapBrokers: [...brokers],
    requestTimeout: REQUEST_TIMEOUT_MS,
    retries: 2,
    ...(token === undefined ? {} : { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token } }),
  };
}

export function openTopicReader(topic: string, addresses: BrokerAddresses): TopicReader {
  let opened: Promise<Consumer> | undefined;
  const open = (): Promise<Consumer> => (opened ??= newConsumer(addresses));
  const offsets = async (timestamp: bigint): Promise<ReadonlyMap<number, number>> => {
    const consumer = await open();
    const partitions = await partitionsOf(consumer, topic);
    const found = await consumer.listOffsets({
      topics: [topic],
      partitions: { [topic]: partitions },
      timestamp,
    });
    return new Map(partitions.map((partition) => [partition, Number(found.get(topic)?.[partition] ?? -1n)]));
  };
  const ends = async () => offsets((await clientLibrary()).ListOffsetTimestamps.LATEST);
  return {
    bounds: async () => {
      const { ListOffsetTimestamps } = await clientLibrary();
      const [starts, after] = [await offsets(ListOffsetTimestamps.EARLIEST), await ends()];
      return new Map(
        [...after].map(([partition, end]) => [partition, { start: starts.get(partition) ?? end, end }]),
      );
    },
    offsetsAt: async (timestampMs) => {
      const [found, after] = [await offsets(BigInt(timestampMs)), await ends()];
      return new Map([...after].map(([partition, end]) => [partition, foundOr(found.get(partition), end)]));
    },
    read: (partition, from, to) => readRecords(open, { topic, partition }, { from, to }),
    close: async () => {
      await (await opened)?.close(true);
    },
  };
}

/**
 * Asks for the range of each partition by itself, so that one that cannot be read hides no other: it is undefined.
 *
 * @throws the client's error when the brokers cannot be asked, or have no such topic.
 */
export async function readPartitionRanges(
  topic: string,
  addresses: BrokerAddresses,
): Promise<ReadonlyMap<number, OffsetRange | undefined>> {
  const { ListOffsetTimestamps } = await clientLibrary();
  const consumer = await newConsumer(addresses);
  const offsetOf = async (partition: number, timestamp: bigint): Promise<number> => {
    const found = await consumer.listOffsets({
      topics: [topic],
      partitions: { [topic]: [partition] },
      timestamp,
    });
    return Number(found.get(topic)?.[partition]);
  };
  const rangeOf = async (partition: number): Promise<OffsetRange | undefined> => {
    try {
      const start = await offsetOf(partition, ListOffsetTimestamps.EARLIEST);
      return { start, end: await offsetOf(partition, ListOffsetTimestamps.LATEST) };
    } catch {
      return undefined;
    }
  };
  try {
    const partitions = await partitionsOf(consumer, topic);
    return new Map(
      await Promise.all(partitions.map(async (partition) => [partition, await rangeOf(partition)] as const)),
    );
  } finally {
    await consumer.close(true);
  }
}

/**
 * Converts the brokers' answer -1, which means that no record is that new. @see
 * https://kafka.apache.org/protocol.html#The_Messages_ListOffsets
 */
const foundOr = (found: number | undefined, end: number): number =>
  found === undefined || found < 0 ? end : found;

async function partitionsOf(consumer: Consumer, topic: string): Promise<number[]> {
  const { topics } = await consumer.metadata({ topics: [topic] });
  const count = topics.get(topic)?.partitionsCount ?? 0;
  if (count === 0)
    throw new Error(`The brokers have no topic ${topic}: check which brokers the command uses.`);
  return Array.from({ length: count }, (_, partition) => partition);
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

async function* readRecords(
  open: () => Promise<Consumer>,
  place: Place,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<TopicRecord> {
  const consumer = await open();
  for (let next = from; next < to;) {
    const fetched = await fetchSome(consumer, place, next);
    for (const batch of keptBatches(fetched)) {
      for (const record of batch.records) {
        const read = toTopicRecord(place, batch, record);
        if (read.offset >= next && read.offset < to) yield read;
      }
    }
    next = offsetBehind(fetched.records ?? [], next);
  }
}

function toTopicRecord(place: Place, batch: RecordsBatch, record: KafkaRecord): TopicRecord {
  return {
    ...place,
    offset: Number(batch.firstOffset) + record.offsetDelta,
    ...recordTime(batch, record),
    key: record.key,
    value: record.value,
    headers: record.headers.map(([name, value]) => [name?.toString() ?? '', value] as const),
  };
}

/** @throws {Error} when the brokers repeatedly return nothing. */
async function fetchSome(consumer: Consumer, place: Place, offset: number): Promise<FetchedPartition> {
  for (let tries = 0; tries < MOST_EMPTY_ANSWERS; tries += 1) {
    const fetched = await fetchOnce(consumer, place, offset);
    if ((fetched?.records ?? []).length > 0 && fetched !== undefined) return fetched;
  }
  throw new Error(
    `The brokers sent nothing of ${place.topic}-${place.partition} from offset ${offset} on, although there are more records. ` +
      'Try again; if it stays so, look at the brokers.',
  );
}

async function fetchOnce(
  consumer: Consumer,
  { topic, partition }: Place,
  offset: number,
): Promise<FetchedPartition | undefined> {
  const { FetchIsolationLevels } = await clientLibrary();
  const { topics } = await consumer.metadata({ topics: [topic] });
  const metadata = topics.get(topic);
  const leader = metadata?.partitions[partition]?.leader;
  if (metadata === undefined || leader === undefined)
    throw new Error(`The brokers name no leader of ${topic}-${partition}.`);
  const { responses } = await consumer.fetch({
    node: leader,
    isolationLevel: FetchIsolationLevels.READ_COMMITTED,
    maxWaitTime: FETCH_WAIT_MS,
    maxBytes: FETCH_BYTES,
    topics: [
      {
        topicId: metadata.id,
        partitions: [
          {
            partition,
            fetchOffset: BigInt(offset),
            currentLeaderEpoch: UNKNOWN_EPOCH,
            lastFetchedEpoch: UNKNOWN_EPOCH,
            partitionMaxBytes: FETCH_BYTES,
          },
        ],
      },
    ],
  });
  return responses.flatMap(({ partitions }) => partitions)[0];
}
