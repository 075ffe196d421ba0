import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** For name look-up, TCP and TLS together. */
const CONNECT_TIMEOUT_MS = 2_000;

/** A property, since the SDK may copy an error. */
const BEFORE_CONNECTION = Symbol('before connection');

/**
 * Returns whether a call failed before its connection was established, so that no byte was sent: unknown host,
 * refused, unreachable, a failed TLS handshake, or no answer in time. It knows errors of {@link sendingAgents} only.
 */
export function isBeforeConnection(error: unknown): boolean {
  return typeof error === 'object' && error !== null && BEFORE_CONNECTION in error;
}

/**
 * Agents for messages that must not go out twice. Each message has a connection of its own: on one that was idle, a
 * reset does not tell whether the server had closed it before or had taken the message, and connections of an
 * environment that Lambda froze are all of that kind.
 */
export function sendingAgents(): { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent } {
  return { httpAgent: new SendingHttpAgent(), httpsAgent: new SendingHttpsAgent() };
}

type Connect = http.Agent['createConnection'];

class SendingHttpAgent extends http.Agent {
  override createConnection(...args: Parameters<Connect>): ReturnType<Connect> {
    return watched(super.createConnection(...args), 'connect');
  }
}

class SendingHttpsAgent extends https.Agent {
  override createConnection(...args: Parameters<Connect>): ReturnType<Connect> {
    return watched(super.createConnection(...args), 'secureConnect');
  }
}

/** Marks the error that ends a connection before the event that says that it stands. */
function watched(socket: ReturnType<Connect>, stands: 'connect' | 'secureConnect'): ReturnType<Connect> {
  if (socket === null || socket === undefined) return socket;
  const timer = setTimeout(() => socket.destroy(connectTimeout()), CONNECT_TIMEOUT_MS);
  const settle = (): void => {
    clearTimeout(timer);
    socket.off('error', markError);
  };
  socket.prependListener('error', markError);
  onceEither(socket, [stands, 'close'], settle);
  return socket;
}

function markError(error: Error): void {
  Object.assign(error, { [BEFORE_CONNECTION]: true });
}

function onceEither(socket: Duplex, events: readonly string[], listener: () => void): void {
  for (const event of events) socket.once(event, listener);
}

function connectTimeout(): Error {
  const error = new Error(`no connection to the provider within ${CONNECT_TIMEOUT_MS} ms`);
  return Object.assign(error, { name: 'ConnectTimeoutError' });
}
