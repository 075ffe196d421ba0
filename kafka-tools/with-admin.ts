import type { Admin, Kafka } from 'kafkajs';

/**
 * Connects an admin client, runs the work with it, and disconnects it, also when the work fails. Each call uses a new
 * client: a kafkajs admin requests the metadata of a topic for ever after the first request, and fails when that
 * topic is deleted.
 *
 * @throws the work's error, or the client's error when no broker can be reached.
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
