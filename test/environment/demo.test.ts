import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { runNpm, type NpmProcess } from './npm-process.ts';

jest.setTimeout(180_000);

let npm: NpmProcess | undefined;

afterEach(async () => {
  await npm?.cleanUp();
  npm = undefined;
});

test('the demo exits 0 and ends with one JSON object that counts every effect of its orders', async () => {
  npm = await runNpm('demo', ['--json']);

  const exitCode = await npm.ended;

  const group = { lag: 0, members: 1, partitions: 6 };
  expect({ exitCode, summary: JSON.parse(npm.lines.at(-1) ?? '') as unknown }).toEqual({
    exitCode: 0,
    summary: {
      produced: 10,
      groups: { 'billing-group': group, 'inventory-group': group, 'notification-group': group },
      invoices: 10,
      reservations: 10,
      emails: 10,
      sms: 10,
      dlq: { billing: 0, inventory: 0, notifications: 0 },
    },
  });
});

test('a port that was asked for and is taken is one clear error', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;

  npm = await runNpm('demo', [], { ports: ['--broker-port', String(port)] });
  const exitCode = await npm.ended;
  holder.close();

  expect({ exitCode, errors: npm.errors }).toEqual({
    exitCode: 1,
    errors: [
      `error: port ${port} for the Kafka broker cannot be used on 127.0.0.1: end what listens there or choose another port`,
    ],
  });
});
