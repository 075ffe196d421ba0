import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { choosePort } from '../../../../local/engines/choose-port.ts';
import { requireBrokers, requireEndpoint } from '../../../../local/environment/start/require-running.ts';

let close: (() => void) | undefined;

afterEach(() => {
  close?.();
  close = undefined;
});

async function listen(server: Server): Promise<string> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('requireBrokers', () => {
  test('names the address that no broker is at, and why', async () => {
    const address = `127.0.0.1:${await choosePort()}`;

    await expect(requireBrokers(address)).rejects.toThrow(
      `No Kafka broker answers at ${address} (Connection error: connect ECONNREFUSED ${address}): start it, without TLS and authentication`,
    );
  });

  test('does not wait long for a server that is not a broker', async () => {
    const address = await listen(createServer());

    // On a busy machine the connection itself may take too long.
    await expect(requireBrokers(address, 50)).rejects.toThrow(
      /^No Kafka broker answers at 127\.0\.0\.1:\d+ \((Broker not connected|Connection timeout)\): start it/,
    );
  });
});

describe('requireEndpoint', () => {
  test('takes an endpoint that answers anything', async () => {
    const address = await listen(createHttpServer((_request, response) => response.writeHead(404).end()));

    await expect(requireEndpoint(`http://${address}`)).resolves.toBeUndefined();
  });

  test('names the address that nothing is at, and why', async () => {
    const address = `127.0.0.1:${await choosePort()}`;

    await expect(requireEndpoint(`http://${address}`)).rejects.toThrow(
      `No AWS endpoint answers at http://${address} (connect ECONNREFUSED ${address}): start MiniStack or LocalStack there`,
    );
  });

  test('does not wait long for something that says nothing', async () => {
    const address = await listen(createServer());

    await expect(requireEndpoint(`http://${address}`, 50)).rejects.toThrow(
      `No AWS endpoint answers at http://${address} (The operation was aborted due to timeout)`,
    );
  });
});
