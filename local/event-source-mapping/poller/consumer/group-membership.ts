import type { Consumer, ConsumerGroupJoinPayload } from '@platformatic/kafka';
import { toError } from '../../../helpers/to-error.ts';
import { isGroupChange } from './broker-answers.ts';

/** Wait before the group is joined again after a failure, in milliseconds. */
const RETRY_MS = 500;

/** The same while the group changes, as the other members wait for this one. */
const CHANGE_MS = 20;

/** A member in one generation of its group. */
export interface Membership {
  readonly memberId: string;
  readonly generationId: number;
  /** Whether the member assigns the partitions in this generation. */
  readonly isLeader: boolean;
  readonly partitions: readonly number[];
}

/** What a membership tells. All calls must return at once. */
export interface MembershipListener {
  joined(membership: Membership): void;
  rebalancing(): void;
  heartbeat(generationId: number): void;
  failed(error: Error): void;
}

/** What a membership needs of the Kafka client. */
export type GroupClient = Pick<Consumer, 'topics' | 'on' | 'joinGroup'>;

export interface MembershipDeps {
  readonly consumer: GroupClient;
  readonly listener: MembershipListener;
  readonly delay: (ms: number) => Promise<void>;
}

/**
 * Joins a group and keeps it joined, through rebalances, lost memberships and lost brokers. Heartbeats are the client's
 * own timer, so that nothing else that a poller waits for can hold them up.
 */
export class GroupMembership {
  readonly #consumer: GroupClient;
  readonly #listener: MembershipListener;
  readonly #delay: (ms: number) => Promise<void>;
  #joining: Promise<void> | undefined;
  #stopped = false;

  constructor({ consumer, listener, delay }: MembershipDeps) {
    this.#consumer = consumer;
    this.#listener = listener;
    this.#delay = delay;
  }

  /** Joins the topic's group; what comes of it, now and later, is told to the listener. */
  join(topic: string): void {
    this.#consumer.topics.track(topic);
    this.#consumer.on('consumer:group:join', (joined) => {
      this.#listener.joined(toMembership(joined, topic));
    });
    this.#consumer.on('consumer:group:rebalance', () => {
      this.#listener.rebalancing();
    });
    this.#consumer.on('consumer:heartbeat:end', (heartbeat) => {
      this.#listener.heartbeat(heartbeat?.generationId ?? 0);
    });
    this.#consumer.on('consumer:heartbeat:error', ({ error }) => {
      this.#listener.failed(error);
    });
    // The client could not rejoin after a heartbeat that told it to, and leaves it at that.
    this.#consumer.on('error', (error) => {
      this.#listener.failed(error);
      this.#joinAgain();
    });
    this.#joinAgain();
  }

  /** Has the group's partitions assigned anew; only its leader can. */
  reassign(): void {
    this.#joinAgain();
  }

  /** Joins no more; the client leaves the group when it is closed. */
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
