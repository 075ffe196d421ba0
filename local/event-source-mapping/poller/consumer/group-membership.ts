import type { Consumer, ConsumerGroupJoinPayload } from '@platformatic/kafka';
import { toError } from '../../../helpers/to-error.ts';
import { isGroupChange } from './broker-answers.ts';

/** The wait before the member rejoins after a failure, in milliseconds. */
const RETRY_MS = 500;

/** The wait while the group is changing; it is short, because the other members wait for this one. */
const CHANGE_MS = 20;

/** A member in one generation of its group. */
export interface Membership {
  readonly memberId: string;
  readonly generationId: number;
  /** True when the member assigns the partitions in this generation. */
  readonly isLeader: boolean;
  readonly partitions: readonly number[];
}

/** The events of a membership. All calls must return at once. */
export interface MembershipListener {
  joined(membership: Membership): void;
  rebalancing(): void;
  /** @param sentAt - when it was sent, in epoch milliseconds. */
  heartbeat(generationId: number, sentAt: number): void;
  failed(error: Error): void;
}

/** The part of the Kafka client that a membership needs. */
export type GroupClient = Pick<Consumer, 'topics' | 'on' | 'joinGroup'>;

export interface MembershipDeps {
  readonly consumer: GroupClient;
  readonly listener: MembershipListener;
  readonly delay: (ms: number) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Joins a group and stays in it, through rebalances, lost memberships and lost brokers. The client sends heartbeats
 * by its own timer, so nothing else in a poller can delay them.
 */
export class GroupMembership {
  readonly #consumer: GroupClient;
  readonly #listener: MembershipListener;
  readonly #delay: (ms: number) => Promise<void>;
  readonly #now: () => number;
  /** When the last heartbeat was sent; there is never more than one on its way. */
  #heartbeatSentAt = 0;
  #joining: Promise<void> | undefined;
  #stopped = false;

  constructor({ consumer, listener, delay, now }: MembershipDeps) {
    this.#consumer = consumer;
    this.#listener = listener;
    this.#delay = delay;
    this.#now = now;
  }

  /** Joins the topic's group. The listener gets the results, now and later. */
  join(topic: string): void {
    this.#consumer.topics.track(topic);
    this.#consumer.on('consumer:group:join', (joined) => {
      this.#listener.joined(toMembership(joined, topic));
    });
    this.#consumer.on('consumer:group:rebalance', () => {
      this.#listener.rebalancing();
    });
    this.#consumer.on('consumer:heartbeat:start', () => {
      this.#heartbeatSentAt = this.#now();
    });
    this.#consumer.on('consumer:heartbeat:end', (heartbeat) => {
      this.#listener.heartbeat(heartbeat?.generationId ?? 0, this.#heartbeatSentAt);
    });
    this.#consumer.on('consumer:heartbeat:error', ({ error }) => {
      this.#listener.failed(error);
    });
    // The client failed to rejoin after a heartbeat that demanded it, and does not try again.
    this.#consumer.on('error', (error) => {
      this.#listener.failed(error);
      this.#joinAgain();
    });
    this.#joinAgain();
  }

  /** Triggers a new assignment of the group's partitions; only the leader can. */
  reassign(): void {
    this.#joinAgain();
  }

  /** Stops joining. The client leaves the group when it is closed. */
  stop(): void {
    this.#stopped = true;
  }

  #joinAgain(): void {
    if (this.#joining !== undefined) return;
    this.#joining = this.#untilJoined().finally(() => {
      this.#joining = undefined;
    });
  }

  async #untilJoined(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#consumer.joinGroup({});
        return;
      } catch (error) {
        this.#listener.failed(toError(error));
        await this.#delay(isGroupChange(error) ? CHANGE_MS : RETRY_MS);
      }
    }
  }
}

function toMembership(
  { memberId, generationId = 0, isLeader = false, assignments = [] }: ConsumerGroupJoinPayload,
  topic: string,
): Membership {
  const ofTopic = assignments.filter((assignment) => assignment.topic === topic);
  return { memberId, generationId, isLeader, partitions: ofTopic.flatMap(({ partitions }) => partitions) };
}
