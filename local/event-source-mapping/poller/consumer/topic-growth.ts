import type { ClusterMetadata, GroupPartitionsAssigner } from '@platformatic/kafka';
import type { Membership } from './group-membership.ts';

/**
 * Detects that a topic has more partitions than the group has assigned, so that the group's leader assigns them too,
 * as Kafka's own consumer does. The client rereads the topic's metadata every few seconds.
 * @see https://kafka.apache.org/documentation/#consumerconfigs_metadata.max.age.ms
 */
export class TopicGrowth {
  readonly #topic: string;
  /** The partitions of the next assignment, if this member makes it. */
  #assigning: number | undefined;
  /** The partitions of the current assignment; unknown for members that are not the leader. */
  #covered: number | undefined;

  constructor(topic: string) {
    this.#topic = topic;
  }

  /** Wraps an assignor to observe its assignments. */
  watching(assigner: GroupPartitionsAssigner): GroupPartitionsAssigner {
    return (leader, members, topics, metadata) => {
      this.#assigning = metadata.topics.get(this.#topic)?.partitionsCount;
      return assigner(leader, members, topics, metadata);
    };
  }

  /** Handles a new assignment. For a single member, the client does not call the assignor and assigns all partitions. */
  joined({ isLeader, partitions }: Pick<Membership, 'isLeader' | 'partitions'>): void {
    this.#covered = isLeader ? (this.#assigning ?? partitions.length) : undefined;
    this.#assigning = undefined;
  }

  /** Returns whether this member leads its group and the topic has more partitions than assigned; true only once. */
  isNews(metadata: Pick<ClusterMetadata, 'topics'> | undefined): boolean {
    const count = metadata?.topics.get(this.#topic)?.partitionsCount ?? 0;
    if (this.#covered === undefined || count <= this.#covered) return false;
    this.#covered = undefined;
    return true;
  }
}
