import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { choosePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { makeRunDirectories } from '../../local/environment/plan/run-directories.ts';
import { startAwsEmulator } from '../../local/environment/start/start-engines.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { processesOf } from './process-table.ts';
import { orders } from './support/orders.ts';

jest.setTimeout(180_000);

/** Two of the longest waits of one question, and the start of a command on a busy machine. */
const AN_ANSWER_MS = 15_000;
const A_WARNING_MS = 30_000;

let root: string;
let directory: string;
let emulator: Engine | undefined;
let npm: NpmProcess | undefined;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'outages-'));
  directory = join(root, 'state');
});

afterEach(async () => {
  await npm?.cleanUp();
  await emulator?.stop();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

/** An emulator that is empty, as somebody else would start it. */
async function startEmulator(port: number, broker: string): Promise<Engine> {
  const directories = await makeRunDirectories(join(root, 'emulator'), enginesDirectory);
  emulator = await startAwsEmulator(port, broker, directories, () => undefined);
  return emulator;
}

function untilWarned({ errors }: NpmProcess): Promise<void> {
  return waitFor(() => errors.some((line) => line.startsWith('WARN')), {
    what: 'the environment to say that its endpoint does not answer',
    timeoutMs: A_WARNING_MS,
  });
}

test('commands name the engine that does not answer, and the environment ends with a reason when its endpoint comes back empty', async () => {
  const [awsPort, brokerPort] = [await choosePort(), await choosePort()];
  const broker = `127.0.0.1:${brokerPort}`;
  const first = await startEmulator(awsPort, broker);
  npm = await runNpm('start', ['--orders', '1', '--aws-endpoint', first.endpoint], {
    directory,
    ports: ['--broker-port', String(brokerPort)],
  });
  await npm.untilLine('Ready');
  const java = (await processesOf(npm.pid)).find(({ command }) => command.includes('kafka.Kafka'));

  process.kill(java?.pid ?? 0, 'SIGSTOP');
  const asked = performance.now();
  const frozenBroker = await orders(directory, 'status');
  const answeredAfterMs = performance.now() - asked;
  process.kill(java?.pid ?? 0, 'SIGCONT');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const deadEndpoint = await orders(directory, 'status');
  await untilWarned(npm);
  await startEmulator(awsPort, broker);
  const exitCode = await npm.ended;
  const afterwards = await orders(directory, 'status');

  const reason =
    `The local environment ended by itself: the AWS endpoint ${first.endpoint} has lost everything that was deployed to ` +
    'it, because it was restarted empty or reset. The content of its tables and queues is gone. Start again to deploy ' +
    'the app anew.';
  expect({
    frozenBroker: frozenBroker.stderr.split(' (')[0],
    isQuick: answeredAfterMs < AN_ANSWER_MS,
    deadEndpoint: deadEndpoint.stderr.split(' The endpoint is')[0],
    advisesStart: deadEndpoint.stderr.includes('npm start'),
    exitCode,
    last: npm.errors.at(-1),
    warnings: npm.errors.filter((line) => line.startsWith('WARN')).length,
    afterwards: afterwards.stderr.replace(/\(\d{4}-\S+Z\)/, '(time)').trim(),
  }).toEqual({
    frozenBroker: `error: The broker of the local environment, ${broker}, does not answer`,
    isQuick: true,
    deadEndpoint:
      `error: The AWS endpoint of the local environment, ${first.endpoint}, does not answer (ECONNREFUSED). The ` +
      'environment continues when the endpoint answers again.',
    advisesStart: false,
    exitCode: 1,
    last: `error: ${reason}`,
    warnings: 1,
    afterwards:
      `error: No local environment is running. The last one: ${reason} (time) Start one with \`npm start\` and try ` +
      'again from another terminal.',
  });
});
