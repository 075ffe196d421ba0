import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { choosePort, requireFreePort } from '../../../local/engines/choose-port.ts';

let holder: Server;
let taken: number;

beforeEach(async () => {
  holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  ({ port: taken } = holder.address() as AddressInfo);
});

afterEach(async () => {
  if (!holder.listening) return;
  holder.close();
  await once(holder, 'close');
});

async function freePort(): Promise<number> {
  holder.close();
  await once(holder, 'close');
  return taken;
}

describe('choosePort', () => {
  test('gives the preferred port when it is free', async () => {
    const preferred = await freePort();

    const chosen = await choosePort(preferred);

    expect(chosen).toBe(preferred);
  });

  test('returns another port when the preferred one is in use on loopback', async () => {
    const chosen = await choosePort(taken);

    expect(chosen).not.toBe(taken);
    await expect(requireFreePort(chosen, 'a test')).resolves.toBeUndefined();
  });
});

describe('requireFreePort', () => {
  test('leaves a free port free', async () => {
    const port = await freePort();

    await requireFreePort(port, 'a test');

    await expect(requireFreePort(port, 'a test')).resolves.toBeUndefined();
  });

  test('names the port, its purpose and the way out when it is taken', async () => {
    await expect(requireFreePort(taken, 'the Kafka broker')).rejects.toThrow(
      `port ${taken} for the Kafka broker cannot be used on 127.0.0.1: end what listens there or choose another port`,
    );
  });
});
