import { kafkaClient, withAdmin } from '@order-events/kafka-tools';

/** A time limit far above any real response time on this machine. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Checks that brokers which the user started are running.
 *
 * @param bootstrapServers - comma-joined.
 * @throws {Error} when no broker answers, or a broker that it refers to does not. No other check would report this
 *   within seconds.
 */
export async function requireBrokers(
  bootstrapServers: string,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<void> {
  const kafka = kafkaClient({
    clientId: 'local-environment',
    brokers: bootstrapServers.split(','),
    connectionTimeout: answerWithinMs,
    requestTimeout: answerWithinMs,
    retry: { retries: 1 },
  });
  try {
    await withAdmin(kafka, (admin) => admin.describeCluster());
  } catch (cause) {
    throw new Error(
      `No Kafka broker answers at ${bootstrapServers} (${reasonOf(cause)}): start it, without TLS and authentication ` +
        'and with addresses that this machine can reach, or omit the address to have one started.',
      { cause },
    );
  }
}

/** A request that both emulators answer at once. For most others, LocalStack would load a service first. */
const HEALTH_PATH = '/_localstack/health';

/** @throws {Error} when nothing answers at an AWS endpoint that the user started. */
export async function requireEndpoint(endpoint: string, answerWithinMs = ANSWER_WITHIN_MS): Promise<void> {
  try {
    await fetch(`${endpoint}${HEALTH_PATH}`, { signal: AbortSignal.timeout(answerWithinMs) });
  } catch (cause) {
    throw new Error(
      `No AWS endpoint answers at ${endpoint} (${reasonOf(cause)}): start MiniStack or LocalStack there, or omit ` +
        'the address to have MiniStack started.',
      { cause },
    );
  }
}

/**
 * Finds the innermost cause. Both clients wrap the system's own error, which has no message when several addresses
 * failed.
 */
function reasonOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { cause, message, code }: { cause?: unknown; message?: unknown; code?: unknown } = thrown;
  return cause === undefined || cause === null ? String(message || code) : reasonOf(cause);
}
