import { setTimeout as delay } from 'node:timers/promises';
import { Consumer } from '@platformatic/kafka';
import { OffsetCommits } from './commit-offsets.ts';
import { ConsumerHealth } from './consumer-health.ts';
import { PartitionFetches } from './fetch-partitions.ts';
import { findStartingOffsets } from './find-starting-offsets.ts';
import type { CommitResult, GroupConsumer, GroupConsumerEvents } from './group-consumer.ts';
import { GroupMembership, type Membership, type MembershipListener } from './group-membership.ts';
import { PartitionFetcher } from './partition-fetcher.ts';
import { TopicGrowth } from './topic-growth.ts';
import { RANGE_ASSIGNOR, rangeAssigner } from './range-assigner.ts';
import type { StartPolicy } from './starting-offset.ts';

export interface KafkaConsumerOptions extends StartPolicy {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly consumerGroupId: string;
  readonly clientId: string;
  readonly isolationLevel: 'read_uncommitted' | 'read_committed';
  /** Records in a batch. */
  readonly batchSize: number;
  /** The session timeout: after this many milliseconds without a heartbeat, the group continues without the member. */
  readonly sessionTimeoutMs: number;
}

/** The time that the group waits in a rebalance for members with unfinished work. */
const REBALANCE_TIMEOUT_MS = 60_000;
/** The request timeout. A broker answers a joining member only when the rebalance is over. */
const REQUEST_TIMEOUT_MS = REBALANCE_TIMEOUT_MS + 5_000;
/** The time limit for leaving. If it passes, the group notices the missing member when its session times out. */
const LEAVE_WITHIN_MS = 5_000;

/** The least time between the beginnings of two fetches, in milliseconds. */
const FETCH_INTERVAL_MS = 5;

/** A group member on Kafka's protocol, as `@platformatic/kafka` speaks it. */
export function createKafkaConsumer(options: KafkaConsumerOptions): GroupConsumer {
  const growth = new TopicGrowth(options.topic);
  const consumer = new Consumer({
    clientId: options.clientId,
    groupId: options.consumerGroupId,
    bootstrapBrokers: [...options.brokers],
    protocols: [{ name: RANGE_ASSIGNOR, version: 0 }],
    partitionAssigner: growth.watching(rangeAssigner),
    sessionTimeout: options.sessionTimeoutMs,
    heartbeatInterval: Math.floor(options.sessionTimeoutMs / 4),
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Failures are reported first and then retried here.
    retries: 0,
  });
  return new KafkaConsumer({ consumer, growth }, options);
}

interface Client {
  readonly consumer: Consumer;
  readonly growth: TopicGrowth;
}

/** The parts of a started member. */
interface Running {
  readonly membership: GroupMembership;
  readonly fetcher: PartitionFetcher;
}

class KafkaConsumer implements GroupConsumer {
  readonly #consumer: Consumer;
  readonly #growth: TopicGrowth;
  readonly #options: KafkaConsumerOptions;
  readonly #fetches: PartitionFetches;
  readonly #commits: OffsetCommits;
  #running: Running | undefined;
  #current: Membership | undefined;
  /** When the last request was sent that the group accepted from this member. */
  #provenAt = Number.NEGATIVE_INFINITY;

  constructor({ consumer, growth }: Client, options: KafkaConsumerOptions) {
    this.#consumer = consumer;
    this.#growth = growth;
    this.#options = options;
    this.#fetches = new PartitionFetches(consumer, options);
    this.#commits = new OffsetCommits(consumer, options);
  }

  start(events: GroupConsumerEvents): void {
    const health = new ConsumerHealth(events);
    const fetcher = this.#createFetcher(events, health);
    const listener = this.#createListener(events, fetcher, health);
    const membership = new GroupMembership({ consumer: this.#consumer, listener, delay, now: Date.now });
    this.#running = { membership, fetcher };
    membership.join(this.#options.topic);
    void fetcher.run();
  }

  pause(partition: number): void {
    this.#running?.fetcher.pause(partition);
  }

  resume(partition: number): void {
    this.#running?.fetcher.resume(partition);
  }

  async commit(offsets: ReadonlyMap<number, number>): Promise<CommitResult> {
    if (this.#current === undefined) {
      return { kind: 'refused', error: new Error('The group is not joined yet.') };
    }
    const sentAt = Date.now();
    const result = await this.#commits.commit(this.#current, offsets);
    if (result.kind === 'committed') this.#accepted(sentAt);
    return result;
  }

  memberUntil(): number {
    return this.#provenAt + this.#options.sessionTimeoutMs;
  }

  async stop(): Promise<void> {
    this.#running?.membership.stop();
    this.#running?.fetcher.stop();
    await Promise.race([this.#leave(), delay(LEAVE_WITHIN_MS, undefined, { ref: false })]);
    await Promise.all([this.#fetches.close(), this.#commits.close()]);
  }

  #accepted(sentAt: number): void {
    this.#provenAt = Math.max(this.#provenAt, sentAt);
  }

  async #leave(): Promise<void> {
    try {
      await this.#consumer.close(true);
    } catch {
      // The group cannot be told.
    }
  }

  #createFetcher(events: GroupConsumerEvents, health: ConsumerHealth): PartitionFetcher {
    return new PartitionFetcher({
      fetch: (offsets, waitMs) => this.#fetches.fetch(offsets, waitMs),
      abandon: () => {
        this.#fetches.abandon();
      },
      findStarts: (partitions, known) =>
        findStartingOffsets(this.#consumer, { ...this.#options, partitions, known }),
      events,
      worked: () => {
        health.worked();
      },
      failed: (error) => {
        health.failed(error);
      },
      delay,
      interval: () => delay(FETCH_INTERVAL_MS),
    });
  }

  #createListener(
    events: GroupConsumerEvents,
    fetcher: PartitionFetcher,
    health: ConsumerHealth,
  ): MembershipListener {
    return {
      joined: (membership) => {
        this.#current = membership;
        this.#growth.joined(membership);
        fetcher.assigned(membership.partitions);
        events.assigned(membership);
      },
      rebalancing: () => {
        events.rebalancing();
      },
      heartbeat: (generationId, sentAt) => {
        this.#accepted(sentAt);
        events.heartbeat(generationId);
        // A member without partitions fetches nothing.
        if (this.#current?.partitions.length === 0) health.worked();
        if (this.#growth.isNews(this.#consumer.currentMetadata)) this.#running?.membership.reassign();
      },
      failed: (error) => {
        health.failed(error);
      },
    };
  }
}
