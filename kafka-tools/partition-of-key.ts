import { Partitioners, type PartitionMetadata } from 'kafkajs';

/** Of each partition kafkajs asks only for a key how many there are. */
const PARTITION: PartitionMetadata = {
  partitionErrorCode: 0,
  partitionId: 0,
  leader: 0,
  replicas: [],
  isr: [],
};

/**
 * Makes Kafka's own partitioner for a topic with so many partitions: the partition of a key is its murmur2 hash, without the
 * sign, modulo their number. Every Kafka client puts a record with a key there unless it was given another partitioner.
 * @see https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/clients/producer/internals/BuiltInPartitioner.java
 */
export function keyPartitioner(partitions: number): (key: Buffer | string) => number {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, () => PARTITION);
  return (key) => choose({ topic: '', partitionMetadata, message: { key, value: null } });
}
