import { kafkaClient, withAdmin } from '@order-events/kafka-tools';

/** Far longer than anything on this machine needs. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Makes sure that brokers run which somebody else started.
 *
 * @param bootstrapServers - comma-joined.
 * @throws {Error} when no broker answers, or one that it refers to; nothing else would say so within seconds.
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
        'and with addresses that this machine reaches, or leave the address out and one is started.',
      { cause },
    );
  }
}

/** Both emulators answer it at once, while LocalStack would load a service first for any other. */
const HEALTH_PATH = '/_localstack/health';

/** @throws {Error} when nothing answers at an AWS endpoint that somebody else started. */
export async function requireEndpoint(endpoint: string, answerWithinMs = ANSWER_WITHIN_MS): Promise<void> {
  try {
    await fetch(`${endpoint}${HEALTH_PATH}`, { signal: AbortSignal.timeout(answerWithinMs) });
  } catch (cause) {
    throw new Error(
      `No AWS endpoint answers at ${endpoint} (${reasonOf(cause)}): start MiniStack or LocalStack there, or leave ` +
        'the address out and MiniStack is started.',
      { cause },
    );
  }
}

/** What lies deepest: both clients wrap the system's own error, which has no message where several addresses failed. */
function reasonOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { cause, message, code }: { cause?: unknown; message?: unknown; code?: unknown } = thrown;
  return cause === undefined || cause === null ? String(message || code) : reasonOf(cause);
}
