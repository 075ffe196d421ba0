import { createConnection } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { EnvironmentDescription } from '../../local/environment/control/environment-description.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { processesOf, survivorsOf, type ProcessRow } from './process-table.ts';

jest.setTimeout(180_000);

const ALL_GONE_AFTER_MS = 10_000;

let npm: NpmProcess | undefined;

afterEach(async () => {
  await npm?.cleanUp();
  npm = undefined;
});

/** The one process of an environment that runs this file. A shell names it too, and is no such process. */
function processThatRuns(file: string, processes: readonly ProcessRow[]): number {
  const rows = processes.filter(({ command }) => /^\S*node\b/.test(command) && command.includes(file));
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} processes run ${file}.`);
  return row.pid;
}

/** What runs besides npm and the command line, by kind. */
function kinds(processes: readonly ProcessRow[]): Record<string, boolean> {
  const some = (text: string, state = ''): boolean =>
    processes.some((row) => row.command.includes(text) && row.state.startsWith(state));
  return {
    broker: some('kafka.Kafka'),
    awsEmulator: some('-m ministack'),
    pollers: some('poller-process'),
    frozenExecutionEnvironments: some('lambda/bootstrap', 'T'),
  };
}

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

async function listeningAddresses(environment: EnvironmentDescription): Promise<readonly string[]> {
  const addresses = [
    environment.bootstrapServers,
    environment.awsEndpoint,
    environment.lambdaEndpoint,
    environment.controlEndpoint,
  ];
  const listening = await Promise.all(addresses.map(listens));
  return addresses.filter((_address, index) => listening[index]);
}

type End = (npmPid: number, processes: readonly ProcessRow[]) => void;

function killNine(file: string): End {
  return (_npmPid, processes) => process.kill(processThatRuns(file, processes), 'SIGKILL');
}

/** The environment is up, so it is tried at the same time. */
async function smokeTest({ orders }: NpmProcess): Promise<void> {
  const smoke = await orders('smoke');

  expect(smoke).toEqual({
    exitCode: 0,
    lines: [
      'ok       the topic order-events is as the topology says',
      'ok       the producer sent 10 orders, and all three groups have handled them',
      'ok       no order went to a dead-letter queue',
      'ok       all 9 metrics that a healthy run emits are there',
      'The smoke test of the local environment found nothing missing.',
    ],
    errors: [],
  });
}

/** `null` is npm's own end by the signal that it got; a shell tells 130 for Ctrl-C. */
const ENDS: {
  story: string;
  meanwhile?: (started: NpmProcess) => Promise<void>;
  end: End;
  exitCode: number | null;
}[] = [
  {
    story: 'a smoke test that finds nothing missing, and SIGINT to the process group, as Ctrl-C sends it',
    meanwhile: smokeTest,
    end: (npmPid) => process.kill(-npmPid, 'SIGINT'),
    exitCode: null,
  },
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
  { story: 'kill -9 of the command line', end: killNine('bin/orders.ts'), exitCode: 137 },
  { story: 'kill -9 of the guardian', end: killNine('guardian-process.ts'), exitCode: 1 },
  { story: 'kill -9 of the environment process', end: killNine('environment-process.ts'), exitCode: 1 },
];

test.each(ENDS)(
  'npm start leaves no process and no port behind after $story',
  async ({ meanwhile, end, exitCode }) => {
    npm = await runNpm('start', ['--orders', '3']);
    await npm.untilLine('Ready');
    const environment = await npm.environment();
    await meanwhile?.(npm);
    const processes = await processesOf(npm.pid);
    const before = { kinds: kinds(processes), listening: await listeningAddresses(environment) };

    end(npm.pid, processes);
    // A process whose main thread has ended is none any more, but its sockets close with its last thread.
    await waitFor(
      async () =>
        (await survivorsOf(processes)).length === 0 && (await listeningAddresses(environment)).length === 0,
      { what: 'every process and every port to be gone', timeoutMs: ALL_GONE_AFTER_MS },
    );

    expect(before).toEqual({
      kinds: { broker: true, awsEmulator: true, pollers: true, frozenExecutionEnvironments: true },
      listening: [
        environment.bootstrapServers,
        environment.awsEndpoint,
        environment.lambdaEndpoint,
        environment.controlEndpoint,
      ],
    });
    expect({
      processes: await survivorsOf(processes),
      listening: await listeningAddresses(environment),
      exitCode: await npm.ended,
    }).toEqual({ processes: [], listening: [], exitCode });
  },
);
