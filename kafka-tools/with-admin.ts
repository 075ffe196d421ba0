import type { Admin, Kafka } from 'kafkajs';

/**
 * Connects an admin client, works with it, and disconnects it, also when the work fails. Each time it is a new one: a
 * kafkajs admin that asked about a topic once asks about it for ever, and fails when that topic is deleted.
 *
 * @throws what the work throws, or the client's error when no broker can be reached.
 */
export async function withAdmin<T>(
  kafka: Pick<Kafka, 'admin'>,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
