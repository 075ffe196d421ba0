import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { awsClientSettings } from '../../local/deployment/aws-client-settings.ts';
import { waitFor } from '../../local/environment/wait-for.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { processesOf, survivorsOf } from './process-table.ts';

jest.setTimeout(120_000);

const DELIVERED_AFTER_MS = 30_000;
const ALL_GONE_AFTER_MS = 10_000;

let folder: string;
let npm: NpmProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'msk-local-'));
});

afterEach(async () => {
  await npm?.cleanUp();
  npm = undefined;
  await rm(folder, { recursive: true });
});

async function startMskLocal(args: readonly string[]): Promise<NpmProcess> {
  npm = await runNpm('msk-local', args);
  await npm.untilLine('Ready');
  return npm;
}

/** What stands behind a title, such as `Kafka broker`, or behind the name of an output and `=`. */
function shown({ lines }: NpmProcess, title: string): string {
  const line = lines.map((text) => text.trim()).find((text) => text.startsWith(title));
  const [value = ''] = (line ?? '').slice(title.length).replace('=', '').trim().split(' ');
  if (value === '') throw new Error(`"${title}" is not shown:\n${lines.join('\n')}`);
  return value;
}

async function produce(started: NpmProcess, topic: string, values: readonly string[]): Promise<void> {
  const brokers = [shown(started, 'Kafka broker')];
  const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}

/** Ends it in some way, and waits until none of its processes is left. */
async function endWith(started: NpmProcess, signal: NodeJS.Signals): Promise<void> {
  const processes = await processesOf(started.pid);
  process.kill(-started.pid, signal);
  await waitFor(async () => (await survivorsOf(processes)).length === 0, {
    what: 'every process to be gone',
    timeoutMs: ALL_GONE_AFTER_MS,
  });
}

async function clicks(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.map(({ id, source }) => `${source?.S}: ${id?.S}`).toSorted();
}

test('msk-local runs both mappings of a CDK app that it does not know, and leaves nothing behind', async () => {
  const started = await startMskLocal(['--app', 'test/foreign-app', '--region', 'eu-west-1']);
  const settings = awsClientSettings(shown(started, 'AWS endpoint'), 'eu-west-1');
  const dynamo = new DynamoDBClient(settings);
  const sqs = new SQSClient(settings);
  const table = shown(started, 'page-analytics-consumers.ClickTableName');
  const QueueUrl = shown(started, 'page-analytics-consumers.SignUpQueueUrl');

  await produce(started, 'page-clicks', ['click-1', 'click-2']);
  await produce(started, 'sign-ups', ['ada']);
  await waitFor(async () => (await clicks(dynamo, table)).length === 2, {
    what: 'both clicks',
    timeoutMs: DELIVERED_AFTER_MS,
  });
  const clicked = await clicks(dynamo, table);
  const { Messages: signUps } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await endWith(started, 'SIGINT');

  expect(clicked).toEqual(['aws:kafka: click-1', 'aws:kafka: click-2']);
  expect(signUps?.map(({ Body }) => Body)).toEqual(['SelfManagedKafka: ada']);
  expect(
    started.lines.filter((line) => line.includes('kafka.example.com') || /topic sign-ups with/.test(line)),
  ).toEqual([
    expect.stringMatching(/stand-in: AWS::Lambda::EventSourceMapping .* kafka\.example\.com:9096, give way/),
    expect.stringContaining('created: topic sign-ups with 3 partitions'),
  ]);
});

test('msk-local runs one mapping and a handler without any template, and leaves nothing behind', async () => {
  const received = join(folder, 'received');
  await mkdir(join(folder, 'dist'));
  await writeFile(
    join(folder, 'dist/index.mjs'),
    `import { appendFileSync } from 'node:fs';
     export const handler = ({ eventSourceArn, records }) =>
       Object.values(records).flat().forEach(({ topic, value }) =>
         appendFileSync(process.env.RECEIVED, [eventSourceArn, topic, Buffer.from(value, 'base64') + '\\n'].join(' ')));`,
  );
  const request = {
    FunctionName: 'print-payments',
    EventSourceArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/payments/1',
    Topics: ['payments'],
    StartingPosition: 'TRIM_HORIZON',
  };
  await writeFile(join(folder, 'mapping.json'), JSON.stringify(request));
  const mapping = ['--mapping', join(folder, 'mapping.json')];
  const handler = ['--handler', join(folder, 'dist/index.handler'), '--env', `RECEIVED=${received}`];
  const started = await startMskLocal([...mapping, ...handler, '--partitions', '1']);

  await produce(started, 'payments', ['one', 'two']);
  const read = (): Promise<string> => readFile(received, 'utf8').catch(() => '');
  await waitFor(async () => (await read()).split('\n').length > 2, {
    what: 'both payments',
    timeoutMs: DELIVERED_AFTER_MS,
  });
  await endWith(started, 'SIGKILL');

  expect(await read()).toBe(
    `${request.EventSourceArn} payments one\n${request.EventSourceArn} payments two\n`,
  );
});
