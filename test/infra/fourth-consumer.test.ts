import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { at, listAt } from '../../lib/guards/json-access.ts';
import { synthesizeStage } from '../../review/synthesize-stage.ts';
import { recordAt, resourcesOf } from '../../tools/judges/template-resources.ts';

/** Adds the consumer `fraud`, as CONTRIBUTING.md lists it. */
const PATCH = resolve('docs/exercises/fraud.patch');
const NOT_COPIED = new Set(['node_modules', '.git', '.local', 'cdk.out', 'dist']);
/** A package of `local` is beside it when the root has another version. */
const INSTALLED = ['node_modules', 'local/node_modules'];
/** What differs by consumer, but for the consumer itself. */
const TABLES = [
  'cli/consumers/consumer-effects.ts',
  'lib/stacks/consumer-duties.ts',
  'tools/judges/iam/permission-matrix.ts',
];

jest.setTimeout(600_000);

let copy = '';

beforeAll(async () => {
  copy = await mkdtemp(join(await realpath(tmpdir()), 'fourth-consumer-'));
  await cp('.', copy, { recursive: true, filter: (source) => !NOT_COPIED.has(basename(source)) });
  for (const folder of INSTALLED) await symlink(resolve(folder), join(copy, folder));
  git('apply', PATCH);
});

afterAll(() => rm(copy, { recursive: true, force: true }));

function run(command: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(copy) };
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: copy, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return `${stdout}${stderr}`;
}

function git(...args: readonly string[]): string {
  return run('git', ...args);
}

/** The source files in which the compiler finds an error. */
async function filesWithTypeErrors(): Promise<readonly string[]> {
  const compiler = await realpath('node_modules/.bin/tsc');
  const output = ['tsconfig.json', 'tsconfig.cdk.json'].map((project) =>
    run(process.execPath, compiler, '--noEmit', '--pretty', 'false', '--project', project),
  );
  const files = output.join('\n').matchAll(/^(\S+\.tsx?)\(\d+,\d+\): error /gm);
  return [...new Set([...files].map(([, file = '']) => file))].toSorted();
}

function isSource(file: string): boolean {
  return !/^(test|docs)\//.test(file);
}

test('a fourth consumer touches at most ten source files', () => {
  const touched = git('apply', '--numstat', '--reverse', PATCH)
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[2] ?? line)
    .filter(isSource);

  expect(touched.toSorted()).toEqual([
    'cli/consumers/consumer-effects.ts',
    'functions/fraud/aws/dynamo-check-book.ts',
    'functions/fraud/handler.ts',
    'functions/fraud/process-order-event.ts',
    'functions/kernel/record-outcome.ts',
    'functions/kernel/table-keys.ts',
    'lib/stacks/consumer-duties.ts',
    'lib/topology/topology.ts',
    'tools/judges/iam/permission-matrix.ts',
  ]);
  expect(touched.length).toBeLessThanOrEqual(10);
});

test('a fourth consumer synthesizes with a group, a queue and outputs of its own', async () => {
  const stacks = await synthesizeStage(copy, 'dev', {});

  const template = stacks.find(({ stackName }) => stackName === 'order-events-dev-consumers')?.template;
  const mappings = resourcesOf(template).filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping');
  expect(
    mappings.map(({ properties }) => [
      at(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId'),
      listAt(properties, 'Topics'),
    ]),
  ).toContainEqual(['fraud-group', ['order-events']]);
  expect(Object.keys(recordAt(template, 'Outputs'))).toEqual(
    expect.arrayContaining(['FraudTableName', 'FraudDlqUrl', 'FraudFunctionName', 'FraudRehearsalName']),
  );
});

test('a fourth consumer type-checks', async () => {
  expect(await filesWithTypeErrors()).toEqual([]);
});

test('the compiler names each table without the consumer, and each consumer without a new type of event', async () => {
  git('apply', '--reverse', ...TABLES.map((file) => `--include=${file}`), PATCH);
  const events = join(copy, 'functions/kernel/order-event.ts');
  const text = await readFile(events, 'utf8');
  await writeFile(
    events,
    text.replace(
      'export type OrderEvent = OrderPlaced | OrderCancelled;',
      "export type OrderEvent = OrderPlaced | OrderCancelled | (Omit<OrderCancelled, 'type'> & { readonly type: 'order.returned' });",
    ),
  );

  const named = (await filesWithTypeErrors()).filter(isSource);

  expect(named).toEqual([
    'cli/consumers/consumer-effects.ts',
    'functions/billing/settle-wave.ts',
    'functions/fraud/process-order-event.ts',
    'functions/inventory/settle-wave.ts',
    'functions/kernel/parse-order-event.ts',
    'functions/notifications/process-order-event.ts',
    'lib/stacks/consumer-duties.ts',
    'tools/judges/iam/permission-matrix.ts',
  ]);
});
