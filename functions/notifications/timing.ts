/**
 * Milliseconds that a provider may take for one message. Far beyond the usual tenth of a second, since the outcome of a
 * send that is given up is unknown for good: a provider that is slow but alive is waited for.
 */
export const SEND_TIMEOUT_MS = 8_000;
