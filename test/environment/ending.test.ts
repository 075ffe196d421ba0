import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { processesOf, survivorsOf, type ProcessRow } from './process-table.ts';
import { produce, shownAddresses } from './support/msk-local.ts';
import { startOneMapping } from './support/one-mapping.ts';

jest.setTimeout(180_000);

const ALL_GONE_AFTER_MS = 10_000;
const AT_WORK_AFTER_MS = 30_000;

let folder: string;
let npm: NpmProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ending-'));
});

afterEach(async () => {
  await npm?.cleanUp();
  npm = undefined;
  await rm(folder, { recursive: true });
});

/** The one process of an environment that runs this file. A shell names it too, and is no such process. */
function processThatRuns(file: string, processes: readonly ProcessRow[]): number {
  const rows = processes.filter(({ command }) => /^\S*node\b/.test(command) && command.includes(file));
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} processes run ${file}.`);
  return row.pid;
}

/** What runs besides npm and the command line, by kind. */
function kinds(processes: readonly ProcessRow[]) {
  const some = (text: string, state = ''): boolean =>
    processes.some((row) => row.command.includes(text) && row.state.startsWith(state));
  return {
    broker: some('kafka.Kafka'),
    awsEmulator: some('-m ministack'),
    pollers: some('poller-process'),
    frozenExecutionEnvironments: some('lambda/bootstrap', 'T'),
  };
}

const ALL_KINDS = { broker: true, awsEmulator: true, pollers: true, frozenExecutionEnvironments: true };

async function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address.includes('://') ? address : `tcp://${address}`);
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

async function listening(addresses: readonly string[]): Promise<readonly string[]> {
  const each = await Promise.all(addresses.map(listens));
  return addresses.filter((_address, index) => each[index]);
}

interface Remains {
  readonly processes: readonly ProcessRow[];
  readonly listening: readonly string[];
}

/** What is left of an environment, at the latest when the time is over. */
async function remainsOf(processes: readonly ProcessRow[], addresses: readonly string[]): Promise<Remains> {
  const look = async (): Promise<Remains> => ({
    processes: await survivorsOf(processes),
    listening: await listening(addresses),
  });
  let remains = await look();
  // A process whose main thread has ended is none any more, but its sockets close with its last thread.
  await waitFor(
    async () => {
      remains = await look();
      return remains.processes.length === 0 && remains.listening.length === 0;
    },
    { what: 'every process and every port to be gone', timeoutMs: ALL_GONE_AFTER_MS },
  ).catch(() => undefined);
  return remains;
}

test('npm start passes its smoke test, and leaves no process and no port behind after Ctrl-C', async () => {
  npm = await runNpm('start', ['--orders', '3']);
  await npm.untilLine('Ready');
  const { bootstrapServers, awsEndpoint, lambdaEndpoint, controlEndpoint } = await npm.environment();
  const addresses = [bootstrapServers, awsEndpoint, lambdaEndpoint, controlEndpoint];
  const smoke = await npm.orders('smoke');
  const processes = await processesOf(npm.pid);
  const before = { kinds: kinds(processes), listening: await listening(addresses) };

  // As Ctrl-C sends it.
  process.kill(-npm.pid, 'SIGINT');
  const remains = await remainsOf(processes, addresses);

  expect(smoke).toEqual({
    exitCode: 0,
    lines: [
      'ok       the topic order-events is as the topology says',
      'ok       the producer sent 10 orders, and all 3 groups have handled them',
      'ok       no order went to a dead-letter queue',
      'ok       all 69 metrics of a healthy run have values',
      'The smoke test of the local environment found nothing missing.',
    ],
    errors: [],
  });
  expect(before).toEqual({ kinds: ALL_KINDS, listening: addresses });
  expect({ ...remains, exitCode: await npm.ended }).toEqual({ processes: [], listening: [], exitCode: null });
});

type End = (npmPid: number, processes: readonly ProcessRow[]) => void;

function killNine(file: string): End {
  return (_npmPid, processes) => process.kill(processThatRuns(file, processes), 'SIGKILL');
}

/** `null` is npm's own end by the signal that it got; a shell tells 130 for Ctrl-C. */
const ENDS: { story: string; end: End; exitCode: number | null }[] = [
  { story: 'SIGTERM to npm', end: (npmPid) => process.kill(npmPid, 'SIGTERM'), exitCode: null },
  {
    story: 'SIGHUP to the process group, as a closed terminal sends it',
    end: (npmPid) => process.kill(-npmPid, 'SIGHUP'),
    exitCode: null,
  },
  { story: 'kill -9 of npm', end: (npmPid) => process.kill(npmPid, 'SIGKILL'), exitCode: null },
  {
    story: 'kill -9 of the whole process group',
    end: (npmPid) => process.kill(-npmPid, 'SIGKILL'),
    exitCode: null,
  },
  { story: 'kill -9 of the command line', end: killNine('bin/msk-local.ts'), exitCode: 137 },
  { story: 'kill -9 of the guardian', end: killNine('guardian-process.ts'), exitCode: 1 },
  { story: 'kill -9 of the environment process', end: killNine('environment-process.ts'), exitCode: 1 },
];

// One mapping has each kind of process that the whole pipeline has, and starts in half the time.
test.each(ENDS)(
  'one mapping without any template runs with its handler, and leaves no process and no port behind after $story',
  async ({ end, exitCode }) => {
    const one = await startOneMapping(folder);
    ({ npm } = one);
    await npm.untilLine('Ready');
    const { pid, ended } = npm;
    const addresses = shownAddresses(npm);
    await produce(npm, one.topic, ['one', 'two']);
    await waitFor(async () => kinds(await processesOf(pid)).frozenExecutionEnvironments, {
      what: 'the handler to have done its work',
      timeoutMs: AT_WORK_AFTER_MS,
    });
    const processes = await processesOf(pid);
    const before = {
      kinds: kinds(processes),
      listening: await listening(addresses),
      received: await one.received(),
    };

    end(pid, processes);
    const remains = await remainsOf(processes, addresses);

    expect(before).toEqual({
      kinds: ALL_KINDS,
      listening: addresses,
      received: ['one', 'two'].map((value) => `${one.sourceArn} ${one.topic} ${value}`),
    });
    expect({ ...remains, exitCode: await ended }).toEqual({ processes: [], listening: [], exitCode });
  },
);
