import { ConnectionPool, FetchIsolationLevels, ResponseError, type Consumer } from '@platformatic/kafka';
import { isOutOfRange } from './broker-answers.ts';
import { decodeFetched, type FetchedRecords, type FetchResponse } from './decode-fetched.ts';
import type { Fetched } from './partition-fetcher.ts';

export interface FetchPartitionsOptions {
  readonly clientId: string;
  readonly topic: string;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** Records in a batch, which decide how many bytes of a partition are worth fetching at once. */
  readonly batchSize: number;
}

/** The most bytes of one partition: the default of Kafka's own consumer (`max.partition.fetch.bytes`). */
const MOST_PARTITION_BYTES = 1_048_576;
const LEAST_PARTITION_BYTES = 262_144;
/** A usual record, when nothing is known about those to come. */
const RECORD_BYTES = 1_024;
/** The maximum number of partitions that one fetch from a broker fills. */
const FILLED_PARTITIONS = 10;
/**
 * Returns the maximum bytes of one partition in a fetch; a larger record is returned alone. Records that wait long
 * before their batch only cost memory.
 */
function partitionBytes(batchSize: number): number {
  return Math.min(MOST_PARTITION_BYTES, Math.max(LEAST_PARTITION_BYTES, batchSize * RECORD_BYTES));
}

/** The timeout of a fetch, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Unknown, because leader epochs are not tracked here. */
const NO_LEADER_EPOCH = -1;

/**
 * Fetches from partitions, each from its leader. It uses its own connections, because a broker answers no other
 * request on a connection on which a fetch waits.
 */
export class PartitionFetches {
  readonly #consumer: Consumer;
  readonly #options: FetchPartitionsOptions;
  #connections: ConnectionPool;
  /** Fetches on their way. */
  #waiting = 0;

  constructor(consumer: Consumer, options: FetchPartitionsOptions) {
    this.#consumer = consumer;
    this.#options = options;
    this.#connections = this.#connect();
  }

  /**
   * @param waitMs - the brokers' maximum wait for records.
   * @throws {Error} when one of the leaders does not answer, or rejects the fetch.
   */
  async fetch(offsets: ReadonlyMap<number, number>, waitMs: number): Promise<Fetched> {
    const { topic } = this.#options;
    const { topics } = await this.#consumer.metadata({ topics: [topic] });
    const metadata = topics.get(topic);
    if (metadata === undefined) throw new Error(`Unknown topic ${topic}.`);
    const byLeader = Map.groupBy(
      offsets,
      ([partition]) => metadata.partitions[partition]?.leader ?? NO_LEADER,
    );
    const fetched = await Promise.all(
      [...byLeader].map(([leader, ofLeader]) =>
        this.#fetchFrom({ leader, topicId: metadata.id, waitMs }, ofLeader),
      ),
    );
    return new Map(fetched.flatMap((response) => this.#read(response, offsets)));
  }

  /**
   * Ends the fetches on their way, by closing their connections: a broker answers nothing else on a connection before
   * the fetch that waits there.
   */
  abandon(): void {
    if (this.#waiting === 0) return;
    // What a closed connection reports interests nobody any more.
    this.#connections.close().catch(() => undefined);
    this.#connections = this.#connect();
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  #connect(): ConnectionPool {
    return new ConnectionPool(this.#options.clientId, { requestTimeout: REQUEST_TIMEOUT_MS });
  }

  async #fetchFrom(
    { leader, topicId, waitMs }: Leader,
    offsets: readonly (readonly [number, number])[],
  ): Promise<FetchResponse> {
    const partitionMaxBytes = partitionBytes(this.#options.batchSize);
    this.#waiting += 1;
    try {
      return await this.#consumer.fetch({
        node: leader,
        topics: [
          { topicId, partitions: offsets.map((offset) => ({ ...toRequest(offset), partitionMaxBytes })) },
        ],
        maxWaitTime: waitMs,
        maxBytes: FILLED_PARTITIONS * partitionMaxBytes,
        isolationLevel: ISOLATION_LEVELS[this.#options.isolationLevel],
        connectionPool: this.#connections,
      });
    } catch (error) {
      return onlyOutOfRange(error);
    } finally {
      this.#waiting -= 1;
    }
  }

  #read(
    response: FetchResponse,
    offsets: ReadonlyMap<number, number>,
  ): [number, FetchedRecords | 'outOfRange'][] {
    const { topic } = this.#options;
    return response.responses
      .flatMap(({ partitions }) => partitions)
      .map((fetched) => {
        const partition = fetched.partitionIndex;
        const from = offsets.get(partition) ?? 0;
        return [
          partition,
          isOutOfRange(fetched.errorCode) ? 'outOfRange' : decodeFetched({ topic, partition }, fetched, from),
        ];
      });
  }
}

/** Whom a fetch asks, and how long that broker may wait. */
interface Leader {
  readonly leader: number;
  readonly topicId: string;
  readonly waitMs: number;
}

/**
 * The id of a missing leader. Brokers have ids from 0, so a request to this one fails until the partition has a
 * leader.
 */
const NO_LEADER = -1;

const ISOLATION_LEVELS = {
  read_uncommitted: FetchIsolationLevels.READ_UNCOMMITTED,
  read_committed: FetchIsolationLevels.READ_COMMITTED,
} as const;

function toRequest([partition, offset]: readonly [number, number]): {
  partition: number;
  fetchOffset: bigint;
  currentLeaderEpoch: number;
  lastFetchedEpoch: number;
} {
  return {
    partition,
    fetchOffset: BigInt(offset),
    currentLeaderEpoch: NO_LEADER_EPOCH,
    lastFetchedEpoch: NO_LEADER_EPOCH,
  };
}

/**
 * Recovers the response from the client's error. The client throws when any partition has an error, but an offset out
 * of range is not a failure.
 */
function onlyOutOfRange(error: unknown): FetchResponse {
  const response: unknown = error instanceof ResponseError ? error['response'] : undefined;
  if (!isFetchResponse(response)) throw error;
  const codes = response.responses.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
  if (response.errorCode !== NONE || codes.some((code) => code !== NONE && !isOutOfRange(code))) throw error;
  return response;
}

const NONE = 0;

function isFetchResponse(value: unknown): value is FetchResponse {
  return typeof value === 'object' && value !== null && 'responses' in value && 'errorCode' in value;
}
