import { once } from 'node:events';
import { createServer } from 'node:net';

import getPort from 'get-port';

const HOST = '127.0.0.1';

/**
 * Returns the preferred TCP port when it is free on 127.0.0.1. Otherwise, or without a preference, returns a free
 * port that the system picks.
 *
 * A returned port is not returned again for some seconds, so that two callers never get the same one.
 */
export function choosePort(preferred?: number): Promise<number> {
  return getPort(preferred === undefined ? { host: HOST } : { host: HOST, port: preferred });
}

/** @throws Error when something on 127.0.0.1 already listens on the port. */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  const server = createServer();
  try {
    await once(server.listen(port, HOST), 'listening');
  } catch (cause) {
    throw new Error(
      `port ${port} for ${purpose} cannot be used on ${HOST}: end what listens there or choose another port`,
      { cause },
    );
  }
  server.close();
  await once(server, 'close');
}
