import { clientLibrary } from './client-library.ts';
import type { BrokerAddresses } from './topic-reader.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Reads the size on disk of each partition of a topic, in bytes. Of several replicas, the largest counts.
 * @throws the client's error when the brokers do not answer.
 */
export async function readPartitionBytes(
  topic: string,
  partitions: readonly number[],
  { brokers, token }: BrokerAddresses,
): Promise<ReadonlyMap<number, number>> {
  const { Admin } = await clientLibrary();
  const admin = new Admin({
    clientId: 'orders-partition-bytes',
    bootstrapBrokers: [...brokers],
    requestTimeout: REQUEST_TIMEOUT_MS,
    retries: 2,
    ...(token === undefined ? {} : { tls: {}, sasl: { mechanism: 'OAUTHBEARER', token } }),
  });
  try {
    const ofBrokers = await admin.describeLogDirs({ topics: [{ name: topic, partitions: [...partitions] }] });
    const sizes = ofBrokers.flatMap(({ results }) =>
      results.flatMap(({ topics }) =>
        topics.flatMap(({ partitions: found }) =>
          found.map(({ partitionIndex, partitionSize }) => [partitionIndex, Number(partitionSize)] as const),
        ),
      ),
    );
    const largest = new Map<number, number>();
    for (const [partition, bytes] of sizes) {
      largest.set(partition, Math.max(bytes, largest.get(partition) ?? 0));
    }
    return largest;
  } finally {
    await admin.close();
  }
}
