import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { kafkaClient } from '@order-events/kafka-tools';
import { readAssembly } from '../../local/deployment/assembly/assembly.ts';
import { deployAssembly } from '../../local/deployment/deploy-assembly.ts';
import type { DeployedApp } from '../../local/deployment/discovery/deployed-app.ts';
import type { Substitution } from '../../local/deployment/substitution/plan-substitutions.ts';
import { ruleFor, SUBSTITUTION_TABLE } from '../../local/deployment/substitution/substitution-table.ts';
import { textAt } from '../../lib/guards/json-access.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { enginesDirectory, projectDirectory } from '../../cli/project-folders.ts';
import { synthesize } from '../../local/environment/app/synthesize.ts';
import { awsClientSettings } from '../../local/deployment/endpoint/aws-client-settings.ts';
import { dev } from '../../lib/config/dev.ts';
import { callWithin } from '../../tools/preflight/call.ts';
import { closeClients, createClients } from '../../tools/preflight/clients.ts';
import { preflight } from '../../tools/preflight/preflight.ts';
import { makeRunDirectories } from '../../local/environment/plan/run-directories.ts';
import { startAwsEmulator, startBroker } from '../../local/environment/start/start-engines.ts';
import { localAccount, type LocalAccount } from './support/local-account.ts';

jest.setTimeout(240_000);

const REGION = 'us-east-1';
const CALL_TIMEOUT_MS = 10_000;

const silently = (): void => undefined;

let root: string;
let broker: Engine;
let aws: Engine;
let account: LocalAccount;
let assemblies: { readonly first: string; readonly updated: string; readonly regrouped: string };
let first: DeployedApp;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'deploy-test-'));
  const directories = await makeRunDirectories(root, enginesDirectory);
  const port = await choosePort(0);
  const [startedBroker, startedAws, asItIs, updated, regrouped] = await Promise.all([
    startBroker(port, directories, silently),
    startAwsEmulator(await choosePort(0), `127.0.0.1:${port}`, directories, silently),
    synthesizeDev('first', 'bin/app.ts'),
    synthesizeDev('updated', 'test/infra/updated-app.ts'),
    synthesizeDev('regrouped', 'test/infra/regrouped-app.ts'),
  ]);
  broker = startedBroker;
  aws = startedAws;
  assemblies = { first: asItIs, updated, regrouped };
  account = localAccount(aws.endpoint, REGION);
  first = await deploy(assemblies.first);
});

afterAll(async () => {
  account.close();
  await Promise.all([broker.stop(), aws.stop()]);
  await rm(root, { recursive: true });
});

const synthesizeDev = (name: string, app: string): Promise<string> =>
  synthesize(
    {
      kind: 'cdk',
      directory: projectDirectory,
      arguments: ['--context', 'stage=dev', '--context', 'purpose=review', '--app', `node ${app}`],
    },
    { outputDirectory: join(root, name) },
  );

const deploy = (assemblyDirectory: string): Promise<DeployedApp> =>
  deployAssembly({
    assemblyDirectory,
    defaultRegion: REGION,
    endpoint: aws.endpoint,
    bootstrapServers: broker.endpoint,
    workDirectory: join(root, 'work'),
    sdkPackages: new Set(),
    onProgress: silently,
    onWait: silently,
  });

/** What the preflight asks for before a deployment to the local endpoint, by subject. */
async function askedFor(...subjects: readonly string[]): Promise<readonly string[]> {
  const clients = createClients(awsClientSettings(aws.endpoint, REGION));
  try {
    const verdicts = await preflight({
      config: dev,
      clients,
      call: callWithin(CALL_TIMEOUT_MS),
      qualifier: 'hnb659fds',
      regionInUse: () => Promise.resolve(REGION),
    });
    return verdicts
      .filter(({ kind, subject }) => kind !== 'ok' && subjects.includes(subject))
      .map(({ text }) => text);
  } finally {
    closeClients(clients);
  }
}

/** The values that a text of the preflight gives to a command of AWS. */
const valuesGiven = (texts: readonly string[], command: string): readonly string[] =>
  texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`${command} ([^\\s,;]+)`, 'g'))].map(([, value = '']) => value),
  );

async function partitionsOfTopic(): Promise<number> {
  const admin = kafkaClient({ clientId: 'test', brokers: [broker.endpoint] }).admin();
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: ['order-events'] });
    return topics.flatMap(({ partitions }) => partitions).length;
  } finally {
    await admin.disconnect();
  }
}

/** The functions that mappings invoke, by name. */
const consumersOf = ({ eventSourceMappings }: DeployedApp): readonly string[] =>
  eventSourceMappings.map(({ properties }) => textAt(properties, 'FunctionName') ?? '');

const mappingsByGroup = ({ eventSourceMappings }: DeployedApp): Readonly<Record<string, string>> =>
  Object.fromEntries(
    eventSourceMappings.map(({ properties, uuid }) => [
      textAt(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId') ?? '',
      uuid,
    ]),
  );

/** The mappings that the alarms on silent pollers watch, by the consumer's name. */
async function watchedMappings(): Promise<Readonly<Record<string, string>>> {
  const alarms = await account.alarmsBy('EventSourceMappingUUID');
  return Object.fromEntries(
    Object.entries(alarms).flatMap(([name, mapping]) => {
      const [, consumer] = /^order-events-dev-(\w+)-records-dropped$/.exec(name) ?? [];
      return consumer === undefined ? [] : [[consumer, mapping]];
    }),
  );
}

const watchedOf = (
  mappings: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> => ({
  billing: mappings['billing-group'] ?? mappings['billing-group-2'],
  inventory: mappings['inventory-group'],
  notifications: mappings['notification-group'],
});

const memoryOf = async (functionNames: readonly string[]): Promise<readonly (number | undefined)[]> => {
  const memory = await account.functionMemory();
  return functionNames.map((name) => memory[name]);
};

/** How many resources share a type, an action and a reason; what follows a semicolon is about the single resource. */
function counted(
  substitutions: readonly Pick<Substitution, 'type' | 'action' | 'reason'>[],
): Readonly<Record<string, number>> {
  const lines = substitutions.map(
    ({ type, action, reason }) => `${action}: ${type}, because ${reason.split(';')[0]}`,
  );
  return Object.fromEntries(
    [...Map.groupBy(lines, (line) => line)].map(([line, same]) => [line, same.length]),
  );
}

test('dev is deployed except for the resources in the table: listed by type, each with its reason', async () => {
  const { stacks } = await readAssembly(assemblies.first, REGION);
  const resources = stacks.flatMap(({ template }) => Object.values(template.Resources));

  const byTable = resources.flatMap(({ Type: type, Properties: properties }) => {
    const rule = ruleFor(SUBSTITUTION_TABLE, 'ministack', { type, properties });
    return rule === undefined ? [] : [{ type, action: rule.action, reason: rule.reason }];
  });

  expect(counted(first.substitutions)).toEqual({
    ...counted(byTable),
    // The custom resource that closes the default security group takes its provider along.
    'left out: AWS::IAM::Role, because only resources that are left out use it': 1,
    'left out: AWS::Lambda::Function, because only resources that are left out use it': 1,
  });
});

test('a new group of a consumer is a new mapping, and its alarms watch it after the same deployment', async () => {
  const before = await watchedMappings();

  const regrouped = await deploy(assemblies.regrouped);
  const after = await watchedMappings();
  const [original, mapping] = [mappingsByGroup(first), mappingsByGroup(regrouped)];
  first = await deploy(assemblies.first);

  expect(before).toEqual(watchedOf(original));
  expect(Object.keys(mapping).toSorted()).toEqual([
    'billing-group-2',
    'inventory-group',
    'notification-group',
  ]);
  expect(mapping['billing-group-2']).not.toBe(original['billing-group']);
  expect(after).toEqual(watchedOf(mapping));
});

test('dev is updated in place and destroyed', async () => {
  const consumers = consumersOf(first);
  const deployed = { partitions: await partitionsOfTopic(), memory: await memoryOf(consumers) };

  const second = await deploy(assemblies.updated);
  const updated = { partitions: await partitionsOfTopic(), memory: await memoryOf(consumers) };
  const mappings = await account.mappings();
  const stacks = (await account.stacks()).filter((name) => name.startsWith('order-events-dev-'));
  for (const name of ['consumers', 'operations', 'streaming'])
    await account.deleteStack(`order-events-dev-${name}`);

  expect({ deployed, updated, stacks: stacks.toSorted() }).toEqual({
    deployed: { partitions: 6, memory: [512, 512, 512] },
    updated: { partitions: 8, memory: [1024, 1024, 1024] },
    stacks: ['order-events-dev-consumers', 'order-events-dev-operations', 'order-events-dev-streaming'],
  });
  // What was there is the same resource still: no consumer group lost its place.
  expect(consumersOf(second)).toEqual(consumers);
  expect(second.eventSourceMappings.map(({ uuid }) => uuid)).toEqual(
    first.eventSourceMappings.map(({ uuid }) => uuid),
  );
  expect(mappings.toSorted()).toEqual(first.eventSourceMappings.map(({ uuid }) => uuid).toSorted());
  expect({
    stacks: (await account.stacks()).filter((name) => name.startsWith('order-events-')),
    mappings: await account.mappings(),
    functions: Object.keys(await account.functionMemory()).filter((name) => consumers.includes(name)),
    partitions: await partitionsOfTopic(),
  }).toEqual({ stacks: [], mappings: [], functions: [], partitions: 8 });
});

// The endpoint would take the queues over, with the loss of their messages, where AWS refuses a name that is taken.
test('a stage that was destroyed is deployed again once the advice of the preflight is followed', async () => {
  const advice = await askedFor('stacks', 'kept names');
  const clusters = valuesGiven(advice, 'aws kafka delete-cluster --cluster-arn');
  const queues = valuesGiven(advice, 'aws sqs delete-queue --queue-url');

  for (const arn of clusters) await account.deleteCluster(arn);
  for (const url of queues) await account.deleteQueue(url);
  const afterwards = await askedFor('stacks', 'kept names');
  const again = await deploy(assemblies.updated);

  expect({
    clusters: clusters.map((arn) => arn.split('/').at(-2)),
    queues: queues.map((url) => url.split('/').at(-1)),
    afterwards,
  }).toEqual({
    clusters: ['order-events-dev'],
    queues: [
      'order-events-dev-billing-dlq',
      'order-events-dev-inventory-dlq',
      'order-events-dev-notifications-dlq',
    ],
    afterwards: [],
  });
  expect(await account.mappings()).toHaveLength(again.eventSourceMappings.length);
  expect(await askedFor('stacks', 'kept names')).toEqual([]);
});
