import { sendingAgents } from './sending-connections.ts';

const CONNECTION_TIMEOUT_MS = 1_000;

/** A timeout far above the response times of DynamoDB and SQS; the SDK retries after it. */
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Builds settings with as many connections as concurrent calls, because the SDK's own limit of 50 would queue the
 * rest. A request without an answer fails, while the SDK waits for ever by default.
 */
export function requestHandler(sockets: number) {
  return {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: sockets },
    httpsAgent: { maxSockets: sockets },
  };
}

/** The step of the SDK's pipeline at which a middleware sees a call once, whatever the number of its attempts. */
export const AROUND_ALL_ATTEMPTS = { step: 'initialize', name: 'endRetriesWithInvocation' } as const;

/**
 * One attempt: the SDK's default of 3 sends again after a timeout, although the first message may be out. How many
 * connections there are is up to whoever sends.
 *
 * @param requestTimeout - bounds one send from its connection to its answer, in milliseconds.
 */
export function sendOnceAt(requestTimeout: number) {
  return {
    requestHandler: { requestTimeout, throwOnRequestTimeout: true, ...sendingAgents() },
    maxAttempts: 1,
  };
}
