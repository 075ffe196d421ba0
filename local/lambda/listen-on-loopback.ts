import { once } from 'node:events';
import type { Server } from 'node:net';

/** Opens the port (0: a free one) on 127.0.0.1 and gives its number. Rejects when it is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new TypeError(`Expected an IP address and a port, got ${String(address)}.`);
  }
  return address.port;
}
