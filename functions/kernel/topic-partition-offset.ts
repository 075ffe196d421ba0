/** The coordinates of one record in Kafka. The offset is below 2^53, as Lambda sends it as a JSON number. */
export interface TopicPartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}
