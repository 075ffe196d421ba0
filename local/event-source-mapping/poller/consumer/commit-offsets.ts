import { ConnectionPool, offsetCommitV8, type Connection, type Consumer } from '@platformatic/kafka';
import { describeFailure } from './broker-answers.ts';
import type { CommitResult } from './group-consumer.ts';

/** The committer: a member in one generation of its group. */
export interface Committer {
  readonly memberId: string;
  readonly generationId: number;
}

export interface OffsetCommitsOptions {
  readonly clientId: string;
  readonly consumerGroupId: string;
  readonly topic: string;
}

/** The timeout of a commit, in milliseconds, after which it counts as refused. */
const REQUEST_TIMEOUT_MS = 10_000;
/** The leader epoch of the record before the offset: unknown, because it is not tracked here. */
const NO_LEADER_EPOCH = -1;

/**
 * Commits offsets once per call, in a generation that the caller names. The client's own commit would retry in a
 * *new* generation, in which another member may own the partition. It uses its own connections, because a broker
 * answers no other request on a connection on which a member waits for its group.
 * @see https://kafka.apache.org/protocol.html#The_Messages_OffsetCommit
 */
export class OffsetCommits {
  readonly #consumer: Pick<Consumer, 'findGroupCoordinator' | 'metadata'>;
  readonly #options: OffsetCommitsOptions;
  readonly #connections: ConnectionPool;

  constructor(consumer: Pick<Consumer, 'findGroupCoordinator' | 'metadata'>, options: OffsetCommitsOptions) {
    this.#consumer = consumer;
    this.#options = options;
    this.#connections = new ConnectionPool(options.clientId, { requestTimeout: REQUEST_TIMEOUT_MS });
  }

  /** @param offsets the next to read, by partition. */
  async commit(committer: Committer, offsets: ReadonlyMap<number, number>): Promise<CommitResult> {
    try {
      await this.#send(committer, offsets);
      return { kind: 'committed' };
    } catch (error) {
      return { kind: 'refused', error: new Error(describeFailure(error), { cause: error }) };
    }
  }

  async close(): Promise<void> {
    await this.#connections.close();
  }

  async #send({ memberId, generationId }: Committer, offsets: ReadonlyMap<number, number>): Promise<void> {
    const { consumerGroupId, topic } = this.#options;
    const partitions = [...offsets].map(([partitionIndex, offset]) => ({
      partitionIndex,
      committedOffset: BigInt(offset),
      committedLeaderEpoch: NO_LEADER_EPOCH,
    }));
    await offsetCommitV8.api.async(await this.#coordinator(), consumerGroupId, generationId, memberId, null, [
      { name: topic, partitions },
    ]);
  }

  async #coordinator(): Promise<Connection> {
    const nodeId = await this.#consumer.findGroupCoordinator();
    const { brokers } = await this.#consumer.metadata({});
    const broker = brokers.get(nodeId);
    if (broker === undefined)
      throw new Error(`The group's coordinator, broker ${nodeId}, is not in the cluster's metadata.`);
    return this.#connections.get(broker);
  }
}
