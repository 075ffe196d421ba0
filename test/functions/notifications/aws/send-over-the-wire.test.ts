import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { SendResult } from '../../../../functions/notifications/ports.ts';
import type { SendOrder } from './sending-process.ts';

/** The backlog of a server takes a while to fill on a busy machine. */
jest.setTimeout(60_000);

const TAKEN = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
  <PublishResult><MessageId>message-1</MessageId></PublishResult></PublishResponse>`;

const AWS_SETTINGS = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

let sender: ChildProcess;

/** What ends with the test that started it. */
const cleanUps: (() => unknown)[] = [];

beforeAll(() => {
  sender = fork(new URL('sending-process.ts', import.meta.url), { env: { ...process.env, ...AWS_SETTINGS } });
});

afterAll(() => {
  sender.kill();
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => server.close());
  return portOf(server);
}

function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

function tcpServer(onConnection: (socket: net.Socket) => void): Promise<number> {
  return listening(
    net.createServer((socket) => {
      cleanUps.push(() => socket.destroy());
      socket.on('error', () => {});
      onConnection(socket);
    }),
  );
}

/** The port of a server whose queue of connections is full, so that a further one is not answered. */
async function portOfFullBacklog(): Promise<number> {
  const child = spawn(process.execPath, [new URL('full-backlog.ts', import.meta.url).pathname]);
  cleanUps.push(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { port } = JSON.parse(line.toString()) as { readonly port: number };
  await fillBacklog(port);
  return port;
}

/** A server whose queue has room takes a connection within this time, on a busy machine too. */
const FULL_AFTER_MS = 2_000;

async function fillBacklog(port: number): Promise<void> {
  for (let connected = true; connected;) {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    cleanUps.push(() => socket.destroy());
    connected = await Promise.race([
      once(socket, 'connect').then(() => true),
      pause(FULL_AFTER_MS).then(() => false),
    ]);
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function send(endpoint: string, order: Partial<SendOrder> = {}): Promise<string> {
  sender.send({ endpoint, timeoutMs: 5_000, remainingMs: 30_000, ...order } satisfies SendOrder);
  const [result] = (await once(sender, 'message')) as [SendResult];
  return 'failure' in result ? `${result.kind} ${result.failure.code}` : result.kind;
}

const NOT_SENT = 'refused provider-unavailable';
const UNKNOWN = 'unknown provider-unavailable';

interface Story {
  readonly story: string;
  readonly endpoint: () => Promise<string>;
  readonly what: string;
}

const plain = (port: number): string => `http://127.0.0.1:${port}`;
const tls = (port: number): string => `https://127.0.0.1:${port}`;

const stories: readonly Story[] = [
  {
    story: 'no connection is accepted',
    endpoint: async () => plain(await portOfFullBacklog()),
    what: NOT_SENT,
  },
  { story: 'a connection is refused', endpoint: async () => plain(await freePort()), what: NOT_SENT },
  {
    story: 'there is no host of that name',
    endpoint: () => Promise.resolve('http://provider.invalid'),
    what: NOT_SENT,
  },
  {
    story: 'the server speaks no TLS',
    endpoint: async () => tls(await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
    what: NOT_SENT,
  },
  {
    story: 'the server resets the connection within the TLS handshake',
    endpoint: async () =>
      tls(await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))),
    what: NOT_SENT,
  },
  {
    story: 'the server never ends the TLS handshake',
    endpoint: async () => tls(await tcpServer(() => {})),
    what: NOT_SENT,
  },
  {
    story: 'the server resets the connection after it has read the request',
    endpoint: async () =>
      plain(await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))),
    what: UNKNOWN,
  },
  {
    story: 'the server closes the connection without an answer',
    endpoint: async () => plain(await tcpServer((socket) => socket.once('data', () => socket.end()))),
    what: UNKNOWN,
  },
  {
    story: 'the server stops in the middle of its answer',
    endpoint: async () =>
      plain(
        await tcpServer((socket) =>
          socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<Pub')),
        ),
      ),
    what: UNKNOWN,
  },
];

describe('an SMS', () => {
  test.each(stories)('is $what when $story', async ({ endpoint, what }) => {
    const url = await endpoint();

    const result = await send(url);

    expect(result).toBe(what);
  });

  test('is unknown when the server has read it and gives no answer in time', async () => {
    const url = plain(await tcpServer(() => {}));

    const result = await send(url, { timeoutMs: 1_500 });

    expect(result).toBe(UNKNOWN);
  });

  test('is given up before the invocation ends', async () => {
    const url = plain(await tcpServer(() => {}));

    const result = await send(url, { remainingMs: 4_000 });

    expect(result).toBe(UNKNOWN);
  });

  test('has a connection of its own, so that none that the server has closed meanwhile is used', async () => {
    const sockets = new Set<net.Socket>();
    const server = http.createServer((request, response) => {
      sockets.add(request.socket);
      response.end(TAKEN);
    });
    const url = plain(await listening(server));

    const results = [await send(url), await send(url)];

    expect(results).toEqual(['sent', 'sent']);
    expect(sockets.size).toBe(2);
  });
});
