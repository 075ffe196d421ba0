/** One partition of one topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** One record's place in the log. Offsets above 2^53 - 1 do not fit a JSON number and are out of range. */
export interface TopicPartitionOffset extends TopicPartition {
  readonly offset: number;
}

/**
 * Returns AWS's name of a partition: the key of `records` in the event, and `partition` in a batch item failure. It
 * cannot be parsed back, because topic names may contain `-`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export function topicPartitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

/** Compares by event order: topic, then partition, then offset, all ascending. */
export function compareOffsets(left: TopicPartitionOffset, right: TopicPartitionOffset): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition || left.offset - right.offset;
}
