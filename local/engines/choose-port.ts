import { once } from 'node:events';
import { createServer } from 'node:net';

import getPort from 'get-port';

const HOST = '127.0.0.1';

/**
 * The preferred TCP port when nothing on 127.0.0.1 holds it, else (and without a preference) a free one that the
 * system picks.
 *
 * A port it has just given is not given again for some seconds, so that two callers never get the same one.
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
