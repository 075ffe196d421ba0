import { Partitioners, type PartitionMetadata } from 'kafkajs';

/** Partition metadata for kafkajs's partitioner, which needs only their number for a record with a key. */
const PARTITION: PartitionMetadata = {
  partitionErrorCode: 0,
  partitionId: 0,
  leader: 0,
  replicas: [],
  isr: [],
};

/**
 * Creates Kafka's default partitioner for a topic with this number of partitions. A key's partition is its murmur2
 * hash, without the sign, modulo their number. Every Kafka client uses it for records with a key, unless configured
 * otherwise.
 * @see https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/clients/producer/internals/BuiltInPartitioner.java
 */
export function keyPartitioner(partitions: number): (key: Buffer | string) => number {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: partitions }, () => PARTITION);
  return (key) => choose({ topic: '', partitionMetadata, message: { key, value: null } });
}
