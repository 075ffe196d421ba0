import { Consumer, ListOffsetTimestamps, type ConsumerOptions, type RecordsBatch } from '@platformatic/kafka';
import type { PartitionBounds, Topic, TopicRecord } from '../ports.ts';

/** The connection settings of the brokers. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  /** TLS with a token for each connection, for IAM authentication; absent: plain text. */
  readonly token?: () => Promise<string>;
}

export interface OpenTopic extends Topic {
  readonly close: () => Promise<void>;
}

/** The group id in requests. No group has members with it, because the auditor joins none. */
const AUDIT_GROUP = 'orders-audit-joins-no-group';
const REQUEST_TIMEOUT_MS = 20_000;
const FETCH_WAIT_MS = 100;
const PARTITION_BYTES = 4_194_304;
/**
 * The attribute bit of a batch of transaction markers, which contains no records. @see
 * https://kafka.apache.org/documentation/#recordbatch
 */
const CONTROL = 0x20;
const UNKNOWN_EPOCH = -1;

/** Reads a topic without joining a group and without committing anything. */
export function openTopic(topic: string, connection: KafkaConnection): OpenTopic {
  const consumer = createConsumer(AUDIT_GROUP, connection);
  return {
    bounds: () => readBounds(consumer, topic),
    read: (bounds) => readRecords(consumer, topic, bounds),
    committed: (group) => readCommitted(group, topic, connection),
    close: () => consumer.close(true),
  };
}

function createConsumer(groupId: string, { brokers, token }: KafkaConnection): Consumer {
  const options: ConsumerOptions<Buffer, Buffer, Buffer, Buffer> = {
    clientId: 'orders-audit',
    groupId,
    bootstrapBrokers: [...brokers],
    requestTimeout: REQUEST_TIMEOUT_MS,
    retries: 2,
    ...(token === undefined ? {} : { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token } }),
  };
  return new Consumer(options);
}

async function partitionsOf(consumer: Consumer, topic: string): Promise<readonly number[]> {
  const { topics } = await consumer.metadata({ topics: [topic] });
  const count = topics.get(topic)?.partitionsCount ?? 0;
  if (count === 0)
    throw new Error(`The brokers have no topic ${topic}: check which brokers the command uses.`);
  return Array.from({ length: count }, (_, partition) => partition);
}

async function readBounds(consumer: Consumer, topic: string): Promise<PartitionBounds> {
  const partitions = await partitionsOf(consumer, topic);
  const ask = { topics: [topic], partitions: { [topic]: [...partitions] } };
  const starts = await consumer.listOffsets({ ...ask, timestamp: ListOffsetTimestamps.EARLIEST });
  const ends = await consumer.listOffsets({ ...ask, timestamp: ListOffsetTimestamps.LATEST });
  return new Map(
    partitions.map((partition) => [
      partition,
      {
        start: Number(starts.get(topic)?.[partition] ?? 0n),
        end: Number(ends.get(topic)?.[partition] ?? 0n),
      },
    ]),
  );
}

async function readCommitted(
  group: string,
  topic: string,
  connection: KafkaConnection,
): Promise<ReadonlyMap<number, number>> {
  const consumer = createConsumer(group, connection);
  try {
    const partitions = await partitionsOf(consumer, topic);
    const answer = await consumer.listCommittedOffsets({ topics: [{ topic, partitions: [...partitions] }] });
    const offsets = answer.get(topic) ?? [];
    return new Map(
      partitions.flatMap((partition) => {
        const offset = Number(offsets[partition] ?? -1n);
        return offset < 0 ? [] : [[partition, offset] as const];
      }),
    );
  } finally {
    await consumer.close(true);
  }
}

/** Partition by partition: one at a time keeps memory low, and a broker fills each answer from one file. */
async function* readRecords(
  consumer: Consumer,
  topic: string,
  bounds: PartitionBounds,
): AsyncGenerator<TopicRecord> {
  for (const [partition, { start, end }] of bounds) {
    let next = start;
    while (next < end) {
      const batches = await fetchBatches(consumer, { topic, partition, offset: next });
      const last = batches.at(-1);
      if (last === undefined) throw new Error(noRecords(topic, partition, next, end));
      for (const batch of batches) {
        for (const record of recordsOf(batch, partition)) {
          if (record.offset >= next && record.offset < end) yield record;
        }
      }
      next = Number(last.firstOffset) + last.lastOffsetDelta + 1;
    }
  }
}

function noRecords(topic: string, partition: number, offset: number, end: number): string {
  return (
    `The brokers sent nothing of ${topic}-${partition} from offset ${offset} on, although it ends at ${end}. ` +
    'Run the audit again; if it stays so, look at the brokers.'
  );
}

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

const MOST_TRIES = 50;

/** Fetches again after an empty answer, because a broker may return nothing while a record is being written. */
async function fetchBatches(consumer: Consumer, place: Place): Promise<readonly RecordsBatch[]> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const batches = await fetchOnce(consumer, place);
    if (batches.length > 0) return batches;
  }
  return [];
}

async function fetchOnce(
  consumer: Consumer,
  { topic, partition, offset }: Place,
): Promise<readonly RecordsBatch[]> {
  const { topics } = await consumer.metadata({ topics: [topic] });
  const metadata = topics.get(topic);
  const leader = metadata?.partitions[partition]?.leader;
  if (metadata === undefined || leader === undefined) {
    throw new Error(`The brokers name no leader of ${topic}-${partition}.`);
  }
  const wanted = {
    partition,
    fetchOffset: BigInt(offset),
    currentLeaderEpoch: UNKNOWN_EPOCH,
    lastFetchedEpoch: UNKNOWN_EPOCH,
    partitionMaxBytes: PARTITION_BYTES,
  };
  const { responses } = await consumer.fetch({
    node: leader,
    topics: [{ topicId: metadata.id, partitions: [wanted] }],
    maxWaitTime: FETCH_WAIT_MS,
    maxBytes: PARTITION_BYTES,
  });
  return responses.flatMap(({ partitions }) => partitions.flatMap(({ records }) => records ?? []));
}

function recordsOf(batch: RecordsBatch, partition: number): readonly TopicRecord[] {
  if ((batch.attributes & CONTROL) !== 0) return [];
  return batch.records.map(({ offsetDelta, timestampDelta, value }) => ({
    partition,
    offset: Number(batch.firstOffset) + offsetDelta,
    timestamp: Number(batch.firstTimestamp + timestampDelta),
    value,
  }));
}
