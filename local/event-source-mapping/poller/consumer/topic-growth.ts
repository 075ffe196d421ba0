import type { ClusterMetadata, GroupPartitionsAssigner } from '@platformatic/kafka';
import type { Membership } from './group-membership.ts';

/**
 * Notices that a topic has got more partitions than the group has shared out, so that the leader of the group has them
 * assigned too, as Kafka's own consumer does. The client reads the topic's metadata anew every few seconds.
 * @see https://kafka.apache.org/documentation/#consumerconfigs_metadata.max.age.ms
 */
export class TopicGrowth {
  readonly #topic: string;
  /** What the next assignment covers, when this member makes it. */
  #assigning: number | undefined;
  /** The partitions that the current assignment covers; unknown to members that do not lead. */
  #covered: number | undefined;

  constructor(topic: string) {
    this.#topic = topic;
  }

  /** The same assignor, seen by this. */
  watching(assigner: GroupPartitionsAssigner): GroupPartitionsAssigner {
    return (leader, members, topics, metadata) => {
      this.#assigning = metadata.topics.get(this.#topic)?.partitionsCount;
      return assigner(leader, members, topics, metadata);
    };
  }

  /** Takes a new assignment. The client asks no assignor for a member that is alone, and gives it all partitions. */
  joined({ isLeader, partitions }: Pick<Membership, 'isLeader' | 'partitions'>): void {
    this.#covered = isLeader ? (this.#assigning ?? partitions.length) : undefined;
    this.#assigning = undefined;
  }

  /** Whether this member leads its group and the topic has more partitions than it has assigned; true once. */
  isNews(metadata: Pick<ClusterMetadata, 'topics'> | undefined): boolean {
    const count = metadata?.topics.get(this.#topic)?.partitionsCount ?? 0;
    if (this.#covered === undefined || count <= this.#covered) return false;
    this.#covered = undefined;
    return true;
  }
}
