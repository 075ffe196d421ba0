import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { kafkaClient } from '@order-events/kafka-tools';
import { localTarget } from '../../cli/connection/local-target.ts';
import { placeTestOrders } from '../../cli/demo/place-test-orders.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { readDeadLetterDepths } from '../../cli/status/dead-letter-depths.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type NpmProcess } from '../environment/npm-process.ts';
import { processesOf, survivorsOf, type ProcessRow } from '../environment/process-table.ts';
import { connectForeignApp, REGION } from '../environment/support/foreign-app.ts';
import { produce, shownForeignApp } from '../environment/support/msk-local.ts';
import { descendantsOf, listeningAddresses } from './support/listening.ts';
import { startLocalStack } from './support/localstack.ts';

/** The first run fetches LocalStack. */
const INSTALLED_WITHIN_MS = 600_000;
const DONE_WITHIN_MS = 420_000;
const LOOPBACK = /^(?:127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/;

jest.setTimeout(DONE_WITHIN_MS);

let localStack: Engine;
let data: string;
let started: NpmProcess | undefined;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'localstack-'));
  localStack = await startLocalStack({ engines: enginesDirectory, data });
}, INSTALLED_WITHIN_MS);

afterEach(async () => {
  await started?.cleanUp();
  started = undefined;
});

afterAll(async () => {
  await localStack.stop();
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

/** Runs an npm script with a broker of its own and LocalStack for an endpoint. */
async function runAgainstLocalStack(
  script: string,
  flag: string,
  args: readonly string[],
): Promise<NpmProcess> {
  started = await runNpm(script, args, {
    ports: [flag, localStack.endpoint, '--broker-port', String(await choosePort())],
  });
  return started;
}

async function resultOfDemo(): Promise<object> {
  const demo = await runAgainstLocalStack('demo', '--aws-endpoint', ['--json']);
  const exitCode = await demo.ended;
  if (exitCode !== 0) throw new Error([...demo.lines, ...demo.errors].join('\n'));
  return { exitCode, summary: JSON.parse(demo.lines.at(-1) ?? '') as unknown };
}

async function endsAfterInterrupt({ pid }: NpmProcess): Promise<readonly ProcessRow[]> {
  const processes = await processesOf(pid);
  process.kill(-pid, 'SIGINT');
  await waitFor(async () => (await survivorsOf(processes)).length === 0, {
    what: 'every process to be gone',
    timeoutMs: 20_000,
  });
  return survivorsOf(processes);
}

const group = { lag: 0, members: 1, partitions: 6 };

/** @param deadLetters - in each queue, from earlier runs. */
const everyEffect = (deadLetters: number): object => ({
  exitCode: 0,
  summary: {
    produced: 10,
    groups: { 'billing-group': group, 'inventory-group': group, 'notification-group': group },
    invoices: 10,
    reservations: 10,
    emails: 10,
    sms: 10,
    dlq: { billing: deadLetters, inventory: deadLetters, notifications: deadLetters },
  },
});

describe('LocalStack as the endpoint', () => {
  test('is deployed to by the demo, which sees every effect of its orders', async () => {
    expect(await resultOfDemo()).toEqual(everyEffect(0));
  });

  test('has a record that can never succeed parked by each consumer, and the orders after it handled', async () => {
    const up = await runAgainstLocalStack('start', '--aws-endpoint', ['--orders', '0']);
    await up.untilLine('Ready');
    const description = await up.environment();
    const target = localTarget(description);
    const before = await readDeadLetterDepths(target);

    await sendPoison(description.bootstrapServers, target.outputs.topicName);
    await waitFor(
      async () => Object.values(await readDeadLetterDepths(target)).every((depth) => depth === 1),
      {
        what: 'the record to be parked three times',
        timeoutMs: 30_000,
      },
    );
    const { ok, problems } = await placeTestOrders(target, 3);
    const survivors = await endsAfterInterrupt(up);

    expect({ before, ok, problems, survivors }).toEqual({
      before: { billing: 0, inventory: 0, notifications: 0 },
      ok: true,
      problems: [],
      survivors: [],
    });
  });

  test('accepts another deployment by the demo, which compares with the data of earlier runs', async () => {
    expect(await resultOfDemo()).toEqual(everyEffect(1));
  });

  test('runs an app that msk-local does not know, and msk-local lists what LocalStack only pretends to create', async () => {
    const app = await runAgainstLocalStack('msk-local', '--endpoint', [
      '--app',
      'test/foreign-app',
      '--region',
      REGION,
    ]);
    await app.untilLine('Ready');
    const foreign = await connectForeignApp(shownForeignApp(app));

    await produce(app, 'page-clicks', ['click-1']);
    await produce(app, 'sign-ups', ['ada']);
    await waitFor(async () => (await foreign.clicks()).length > 0, {
      what: 'the click',
      timeoutMs: 30_000,
    });
    await waitFor(async () => (await foreign.signUps()).length > 0, {
      what: 'the sign-up',
      timeoutMs: 30_000,
    });
    const seen = { clicks: await foreign.clicks(), signUps: await foreign.signUps() };
    const atEndpoint = await foreign.account.mappings();
    await foreign.close();
    const survivors = await endsAfterInterrupt(app);

    expect({ ...seen, atEndpoint, survivors }).toEqual({
      clicks: ['aws:kafka: click-1'],
      signUps: ['SelfManagedKafka: ada'],
      atEndpoint: [],
      survivors: [],
    });
    expect(app.lines.filter((line) => /AWS::Lambda::EventSourceMapping|SES version 2/.test(line))).toEqual([
      expect.stringContaining('the local pollers do its work'),
      expect.stringContaining('replaces its brokers, kafka.example.com:9096'),
      expect.stringContaining('the endpoint has only version 1'),
    ]);
  });

  test('listens on loopback alone, and ends with all that it started', async () => {
    const processes = await descendantsOf(localStack.pid);
    const addresses = await listeningAddresses(processes);

    await localStack.stop();
    await waitFor(async () => (await descendantsOf(localStack.pid)).length === 0, {
      what: 'LocalStack to be gone',
      timeoutMs: 20_000,
    });
    const pids = new Set(processes.map(({ pid }) => pid));
    const survivors = (await survivorsOf(processes)).filter(({ pid }) => pids.has(pid));

    expect({
      servers: addresses.length > 1,
      elsewhere: addresses.filter((address) => !LOOPBACK.test(address)),
    }).toEqual({
      servers: true,
      elsewhere: [],
    });
    expect(survivors).toEqual([]);
  });
});

/** An amount with more decimals than a dollar has. */
async function sendPoison(broker: string, topic: string): Promise<void> {
  const producer = kafkaClient({ clientId: 'test', brokers: [broker] }).producer();
  await producer.connect();
  await producer.send({
    topic,
    messages: [{ key: '1001', value: '{"order_id":"1001","amount":10.005}' }],
  });
  await producer.disconnect();
}
