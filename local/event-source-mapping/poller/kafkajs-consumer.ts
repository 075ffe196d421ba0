import { setTimeout as delay } from 'node:timers/promises';
import {
  Kafka,
  logLevel,
  type Batch,
  type Consumer,
  type EachBatchPayload,
  type KafkaMessage,
} from 'kafkajs';
import type { StartingPosition } from '../event-source-mapping-spec.ts';
import type { PolledRecord, TimestampType } from '../polled-record.ts';
import { toError } from '../to-error.ts';
import { findLogStart, findStartingOffsets } from './find-starting-offsets.ts';
import type { CommitResult, GroupConsumer, GroupConsumerEvents } from './group-consumer.ts';
import type { PartitionReader } from './partition-reader.ts';
import { ConnectionWatch } from './connection-watch.ts';
import { rangeAssigner } from './range-assigner.ts';
import { PartitionStart } from './partition-start.ts';

export interface KafkaJsConsumerOptions {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly clientId: string;
  readonly startingPosition: StartingPosition;
  /** Where a partition goes on whose position retention has passed. */
  readonly outOfRangeReset: 'logStart' | 'startingPosition';
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** After this many milliseconds without a heartbeat the group goes on without the member. */
  readonly sessionTimeoutMs: number;
  /** The client has given up, as when the broker refuses it, and polls no more. */
  readonly ended: () => void;
}

/** The longest a function may run, so that a member that is told of a rebalance may finish its work. */
const REBALANCE_TIMEOUT_MS = 60_000;
/** Bounds how long a resumed partition waits for the fetch of the others to come back. */
const FETCH_WAIT_MS = 100;
const CONNECT_RETRY = { initialRetryTime: 100, maxRetryTime: 5_000, retries: 20 };

/** A group member on kafkajs. */
export function createKafkaJsConsumer(options: KafkaJsConsumerOptions): GroupConsumer {
  const connection = new ConnectionWatch();
  const kafka = new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    logLevel: logLevel.ERROR,
    logCreator: () => (entry) => {
      connection.logged(entry);
    },
    retry: CONNECT_RETRY,
  });
  const consumer = kafka.consumer({
    groupId: options.consumerGroupId,
    sessionTimeout: options.sessionTimeoutMs,
    heartbeatInterval: Math.floor(options.sessionTimeoutMs / 6),
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    partitionAssigners: [rangeAssigner],
    maxWaitTimeInMs: FETCH_WAIT_MS,
    readUncommitted: options.isolationLevel === 'read_uncommitted',
    allowAutoTopicCreation: false,
    retry: { ...CONNECT_RETRY, restartOnFailure: () => Promise.resolve(true) },
  });
  return new KafkaJsConsumer({ kafka, consumer, connection }, options);
}

interface Client {
  readonly kafka: Kafka;
  readonly consumer: Consumer;
  readonly connection: ConnectionWatch;
}

class KafkaJsConsumer implements GroupConsumer {
  readonly #kafka: Kafka;
  readonly #consumer: Consumer;
  readonly #connection: ConnectionWatch;
  readonly #options: KafkaJsConsumerOptions;
  #reader: PartitionReader | undefined;
  #assigned: ReadonlySet<number> = new Set();
  /** The offset at which the next fetch of each partition begins, while nothing goes wrong. */
  readonly #next = new Map<number, number>();
  /**
   * kafkajs's commit without its retries. Those would send an old batch's offsets again in a *new* generation,
   * in which the partition may be another member's.
   */
  #commitOnce: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;

  constructor({ kafka, consumer, connection }: Client, options: KafkaJsConsumerOptions) {
    this.#kafka = kafka;
    this.#consumer = consumer;
    this.#connection = connection;
    this.#options = options;
  }

  async start(events: GroupConsumerEvents): Promise<void> {
    this.#reader = this.#createReader(events);
    this.#connection.watch(events);
    this.#listen(events, this.#reader);
    await this.#consumer.connect();
    await this.#consumer.subscribe({
      topics: [this.#options.topic],
      // Also where the client goes on by itself when a position is out of range.
      fromBeginning:
        this.#options.outOfRangeReset === 'logStart' || this.#options.startingPosition.kind !== 'LATEST',
    });
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: (payload) => {
        this.#commitOnce = (offsets) => payload.commitOffsetsIfNecessary(offsets);
        payload.pause();
        this.#watchForGap(payload.batch, events);
        events.fetched(payload.batch.partition, payload.batch.messages.map(toPolledRecord(payload.batch)));
        return Promise.resolve();
      },
    });
  }

  pause(partition: number): void {
    this.#reader?.pause(partition);
  }

  resume(partition: number): void {
    this.#reader?.resume(partition);
  }

  async commit(offsets: ReadonlyMap<number, number>): Promise<CommitResult> {
    const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    try {
      await this.#commitOnce?.({ topics: [{ topic: this.#options.topic, partitions }] });
      return { kind: 'committed' };
    } catch (error) {
      return { kind: 'refused', error: toError(error) };
    }
  }

  async stop(): Promise<void> {
    this.#reader?.stop();
    await this.#consumer.disconnect();
  }

  #createReader(events: GroupConsumerEvents): PartitionReader {
    return new PartitionStart({
      reader: kafkaJsReader(this.#consumer, this.#options.topic),
      findOffsets: () => this.#findOffsets(events),
      delay,
      failed: (error) => {
        events.failed(error);
      },
    });
  }

  async #findOffsets(events: GroupConsumerEvents): Promise<ReadonlyMap<number, number>> {
    const starts = await findStartingOffsets(this.#kafka, this.#options);
    for (const [partition, { offset, lostFrom }] of starts) {
      if (lostFrom !== null && this.#assigned.has(partition)) events.skipped(partition, lostFrom, offset);
    }
    return new Map([...starts].map(([partition, { offset }]) => [partition, offset]));
  }

  /** A fetch that does not begin where the last one ended may have been sent on by the broker's log start. */
  #watchForGap(batch: Batch, events: GroupConsumerEvents): void {
    const { topic, partition } = batch;
    const expected = this.#next.get(partition);
    this.#next.set(partition, Number(batch.lastOffset()) + 1);
    if (expected === undefined || fetchedOffset(batch) <= expected) return;
    findLogStart(this.#kafka, topic, partition)
      .then((logStart) => logStart > expected && events.skipped(partition, expected, logStart))
      .catch((error: unknown) => {
        events.failed(toError(error));
      });
  }

  #listen(events: GroupConsumerEvents, reader: PartitionReader): void {
    const { topic } = this.#options;
    this.#consumer.on('consumer.group_join', ({ payload }) => {
      const partitions = payload.memberAssignment[topic] ?? [];
      this.#next.clear();
      this.#assigned = new Set(partitions);
      reader.assigned(partitions);
      events.assigned({ memberId: payload.memberId, partitions });
    });
    this.#consumer.on('consumer.rebalancing', () => {
      events.rebalancing();
    });
    this.#consumer.on('consumer.fetch', () => {
      this.#connection.fetched();
    });
    this.#consumer.on('consumer.heartbeat', ({ payload }) => {
      events.heartbeat(payload.groupGenerationId);
    });
    this.#consumer.on('consumer.crash', ({ payload }) => {
      this.#connection.failed(payload.error);
      if (!payload.restart) this.#options.ended();
    });
  }
}

/** kafkajs begins partitions without a commit at one end of the log by itself. */
function kafkaJsReader(consumer: Consumer, topic: string): PartitionReader {
  return {
    assigned: () => undefined,
    pause: (partition) => {
      consumer.pause([{ topic, partitions: [partition] }]);
    },
    resume: (partition) => {
      consumer.resume([{ topic, partitions: [partition] }]);
    },
    seek: (partition, offset) => {
      consumer.seek({ topic, partition, offset: String(offset) });
    },
    stop: () => undefined,
  };
}

function toPolledRecord(batch: Batch): (message: KafkaMessage) => PolledRecord {
  return (message) => ({
    topic: batch.topic,
    partition: batch.partition,
    offset: Number(message.offset),
    timestamp: Number(message.timestamp),
    timestampType: timestampType(message),
    key: message.key,
    value: message.value,
    headers: Object.entries(message.headers ?? {}).flatMap(([key, values]) =>
      [values ?? []].flat().map((value) => ({ key, value: Buffer.from(value) })),
    ),
  });
}

/** kafkajs hands on where the fetch began, which its types leave out. */
function fetchedOffset(batch: Batch & { readonly fetchedOffset?: unknown }): number {
  return Number(batch.fetchedOffset ?? 0);
}

const LOG_APPEND_TIME = 1;

/** kafkajs hands on the record batch's attributes, which its types leave out. */
function timestampType(message: KafkaMessage & { readonly batchContext?: unknown }): TimestampType {
  const context = message.batchContext;
  const type =
    typeof context === 'object' && context !== null && 'timestampType' in context && context.timestampType;
  return type === LOG_APPEND_TIME ? 'LOG_APPEND_TIME' : 'CREATE_TIME';
}
