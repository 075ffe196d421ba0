import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { localTarget } from '../../cli/connection/local-target.ts';
import { readEffects } from '../../cli/demo/read-effects.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { ownPorts, runNpm, type NpmProcess } from './npm-process.ts';
import { processesOf, survivorsOf, type ProcessRow } from './process-table.ts';
import { orders } from './support/orders.ts';

jest.setTimeout(240_000);

const ALL_GONE_AFTER_MS = 10_000;
const HANDLED_AFTER_MS = 30_000;

let directory: string;
let ports: readonly string[];
let npm: NpmProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'order-events-'));
  ports = await ownPorts();
});

afterEach(async () => {
  await npm?.cleanUp();
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts in the folder of this test, which a later start may go on with. */
async function start(...args: readonly string[]): Promise<NpmProcess> {
  npm = await runNpm('start', args, { ports, directory });
  await npm.untilLine('Ready');
  return npm;
}

function untilGone(processes: readonly ProcessRow[]): Promise<void> {
  return waitFor(async () => (await survivorsOf(processes)).length === 0, {
    what: 'every process to be gone',
    timeoutMs: ALL_GONE_AFTER_MS,
  });
}

/** How many orders each service has done its part of, and how many records no group has read yet. */
async function done(started: NpmProcess): Promise<object> {
  const { invoices, reservations, sms, status } = await readEffects(localTarget(await started.environment()));
  const lags = status.groups.map(({ lag }) => (lag.kind === 'known' ? lag.lag : lag.reasons));
  return {
    invoices: invoices.length,
    reservations: reservations.filter((each) => each.status === 'RESERVED').length,
    sms: sms.length,
    lags,
  };
}

async function untilDone(started: NpmProcess, count: number): Promise<void> {
  const wanted = JSON.stringify(allDone(count));
  await waitFor(async () => JSON.stringify(await done(started)) === wanted, {
    what: `all services to be done with ${count} orders`,
    timeoutMs: HANDLED_AFTER_MS,
  }).catch(() => undefined);
}

const allDone = (count: number): object => ({
  invoices: count,
  reservations: count,
  sms: count,
  lags: [0, 0, 0],
});

test('npm start --keep loses no order and makes none twice, after kill -9 of everything and of the broker', async () => {
  const first = await start('--orders', '4', '--keep');
  const nothingKept = first.lines.filter((line) => line.startsWith('No earlier run left any data'));
  const processes = await processesOf(first.pid);
  for (const group of new Set(processes.map((row) => row.group))) process.kill(-group, 'SIGKILL');
  await untilGone(processes);

  const second = await start('--orders', '3', '--keep');
  await untilDone(second, 7);
  const afterAllWereKilled = await done(second);
  const broker = (await processesOf(second.pid)).find(({ command }) => command.includes('kafka.Kafka'));
  process.kill(broker?.pid ?? 0, 'SIGKILL');
  const exitCode = await second.ended;
  const { stderr: refusal } = await orders(directory, 'status');

  const third = await start('--orders', '2', '--keep');
  await untilDone(third, 9);
  const afterTheBrokerWasKilled = await done(third);

  expect({ nothingKept: nothingKept.length, afterAllWereKilled, afterTheBrokerWasKilled }).toEqual({
    nothingKept: 1,
    afterAllWereKilled: allDone(7),
    afterTheBrokerWasKilled: allDone(9),
  });
  const reason = 'The local environment ended by itself: Apache Kafka 3.9.2 ended by itself (SIGKILL).';
  expect({ exitCode, last: second.errors.at(-1) }).toEqual({ exitCode: 1, last: `error: ${reason}` });
  expect(refusal).toContain(`No local environment is running. The last one: ${reason}`);
  expect(second.errors.filter((line) => line.startsWith('The AWS emulator lost')).toSorted()).toEqual(
    ['billing-group', 'inventory-group', 'notification-group'].map(
      (group) => `The AWS emulator lost table data that it had not saved: ${group} reads 4 records again.`,
    ),
  );
  expect(third.errors.filter((line) => line.includes('again.'))).toEqual([]);
});
