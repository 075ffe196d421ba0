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
import { findStartingOffsets } from './find-starting-offsets.ts';
import type { CommitResult, GroupConsumer, GroupConsumerEvents } from './group-consumer.ts';
import type { PartitionReader } from './partition-reader.ts';
import { rangeAssigner } from './range-assigner.ts';
import { TimestampStart } from './timestamp-start.ts';

export interface KafkaJsConsumerOptions {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly clientId: string;
  readonly startingPosition: StartingPosition;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** After this many milliseconds without a heartbeat the group goes on without the member. */
  readonly sessionTimeoutMs: number;
}

/** The longest a function may run, so that a member that is told of a rebalance may finish its work. */
const REBALANCE_TIMEOUT_MS = 60_000;
/** Bounds how long a resumed partition waits for the fetch of the others to come back. */
const FETCH_WAIT_MS = 100;
const CONNECT_RETRY = { initialRetryTime: 100, maxRetryTime: 5_000, retries: 20 };

/** A group member on kafkajs. */
export function createKafkaJsConsumer(options: KafkaJsConsumerOptions): GroupConsumer {
  const kafka = new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    logLevel: logLevel.NOTHING,
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
  return new KafkaJsConsumer(kafka, consumer, options);
}

class KafkaJsConsumer implements GroupConsumer {
  readonly #kafka: Kafka;
  readonly #consumer: Consumer;
  readonly #options: KafkaJsConsumerOptions;
  #reader: PartitionReader | undefined;
  /**
   * kafkajs's commit without its retries. Those would send an old batch's offsets again in a *new* generation,
   * in which the partition may be another member's.
   */
  #commitOnce: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;

  constructor(kafka: Kafka, consumer: Consumer, options: KafkaJsConsumerOptions) {
    this.#kafka = kafka;
    this.#consumer = consumer;
    this.#options = options;
  }

  async start(events: GroupConsumerEvents): Promise<void> {
    this.#reader = this.#createReader(events);
    this.#listen(events, this.#reader);
    await this.#consumer.connect();
    await this.#consumer.subscribe({
      topics: [this.#options.topic],
      fromBeginning: this.#options.startingPosition.kind === 'TRIM_HORIZON',
    });
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: (payload) => {
        this.#commitOnce = (offsets) => payload.commitOffsetsIfNecessary(offsets);
        payload.pause();
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
      return { kind: 'refused', error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  async stop(): Promise<void> {
    this.#reader?.stop();
    await this.#consumer.disconnect();
  }

  #createReader(events: GroupConsumerEvents): PartitionReader {
    const { topic, consumerGroupId, startingPosition } = this.#options;
    const reader = kafkaJsReader(this.#consumer, topic);
    if (startingPosition.kind !== 'AT_TIMESTAMP') return reader;
    const { timestampMs } = startingPosition;
    return new TimestampStart({
      reader,
      findOffsets: () => findStartingOffsets(this.#kafka, { topic, consumerGroupId, timestampMs }),
      delay,
      failed: (error) => {
        events.failed(error);
      },
    });
  }

  #listen(events: GroupConsumerEvents, reader: PartitionReader): void {
    const { topic } = this.#options;
    this.#consumer.on('consumer.group_join', ({ payload }) => {
      const partitions = payload.memberAssignment[topic] ?? [];
      reader.assigned(partitions);
      events.assigned({ memberId: payload.memberId, partitions });
    });
    this.#consumer.on('consumer.rebalancing', () => {
      events.rebalancing();
    });
    this.#consumer.on('consumer.heartbeat', ({ payload }) => {
      events.heartbeat(payload.groupGenerationId);
    });
    this.#consumer.on('consumer.crash', ({ payload }) => {
      events.failed(payload.error);
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

const LOG_APPEND_TIME = 1;

/** kafkajs hands on the record batch's attributes, which its types leave out. */
function timestampType(message: KafkaMessage & { readonly batchContext?: unknown }): TimestampType {
  const context = message.batchContext;
  const type =
    typeof context === 'object' && context !== null && 'timestampType' in context && context.timestampType;
  return type === LOG_APPEND_TIME ? 'LOG_APPEND_TIME' : 'CREATE_TIME';
}
