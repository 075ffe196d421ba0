import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { emulatorOptions } from '../../../local/event-source-mapping/configuration/emulator-options.ts';
import { readEmulatorOptions, readSource, type SourceFlags } from '../../../local/command/read-source.ts';

const REQUEST = {
  FunctionName: 'clicks',
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['kafka.example.com:9092'] } },
  Topics: ['clicks'],
  StartingPosition: 'LATEST',
};

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'read-source-'));
  await mkdir(join(base, 'dist'));
  await writeFile(join(base, 'dist/index.mjs'), '');
  await write('mapping.json', REQUEST);
});

afterEach(() => rm(base, { recursive: true }));

const write = (name: string, content: unknown): Promise<void> =>
  writeFile(join(base, name), typeof content === 'string' ? content : JSON.stringify(content));

const read = (flags: Partial<SourceFlags>): ReturnType<typeof readSource> =>
  readSource({ mapping: 'mapping.json', invoke: 'processes', ...flags }, { base, emulator: {} });

describe('--mapping', () => {
  test("runs the handler with Lambda's defaults", async () => {
    await expect(read({ handler: 'dist/index.handler' })).resolves.toEqual({
      kind: 'mapping',
      request: REQUEST,
      functionFile: {
        codeDirectory: join(base, 'dist'),
        handler: 'index.handler',
        timeoutSeconds: 3,
        memorySizeMb: 128,
        environment: {},
      },
    });
  });

  test('takes what is chosen for the function', async () => {
    const flags = { handler: 'dist/index.mjs.run', timeout: 20, memory: 512, env: ['A=1', 'B=x=y'] };

    await expect(read(flags)).resolves.toMatchObject({
      functionFile: {
        handler: 'index.run',
        timeoutSeconds: 20,
        memorySizeMb: 512,
        environment: { A: '1', B: 'x=y' },
      },
    });
  });

  test('needs no handler for a function at the endpoint', async () => {
    await expect(read({ invoke: 'endpoint' })).resolves.toEqual({ kind: 'mapping', request: REQUEST });
  });

  test.each([
    { story: 'nothing to run', flags: { mapping: undefined }, message: 'Nothing to run: give --app' },
    { story: 'no handler', flags: {}, message: '--mapping needs --handler <file>.<export>' },
    {
      story: 'a handler for the endpoint',
      flags: { handler: 'dist/index.handler', invoke: 'endpoint' as const },
      message: '--handler dist/index.handler runs as a process',
    },
    {
      story: 'a module that is not there',
      flags: { handler: 'dist/main.handler' },
      message: '--handler dist/main.handler does not name a module and an export',
    },
    ...['dist/index.mjs', 'dist/index.ts'].map((handler) => ({
      story: `a file, ${handler}, without an export`,
      flags: { handler },
      message: `--handler ${handler} does not name a module and an export`,
    })),
    {
      story: 'a handler without an export',
      flags: { handler: 'dist/index' },
      message: '--handler dist/index does not name a module and an export',
    },
    {
      story: 'a variable without a value',
      flags: { handler: 'dist/index.handler', env: ['A'] },
      message: '--env A is not a variable: write it as NAME=value.',
    },
    {
      story: 'a function with more time than a Kafka mapping gives',
      flags: { handler: 'dist/index.handler', timeout: 900 },
      message: 'FunctionName names a function with a timeout of 900 s',
    },
  ])('refuses $story', async ({ flags, message }) => {
    await expect(read(flags)).rejects.toThrow(message);
  });

  test('refuses what Lambda refuses, each problem in a line', async () => {
    await write('bad.json', { ...REQUEST, BatchSize: 0, Topics: [] });

    await expect(read({ mapping: 'bad.json', handler: 'dist/index.handler' })).rejects.toThrow(
      [
        `Event source mapping ${join(base, 'bad.json')} is not valid:`,
        '  Topics has 0 entries; allowed: exactly 1',
        '  BatchSize is 0; allowed: a whole number from 1 to 10000',
      ].join('\n'),
    );
  });

  test.each([
    { story: 'is not there', name: 'none.json', message: 'none.json cannot be read' },
    { story: 'is not JSON', name: 'text.json', message: 'text.json is not JSON' },
    { story: 'is no object', name: 'list.json', message: 'is not a JSON object; give one request' },
  ])('refuses a file that $story', async ({ name, message }) => {
    await write('text.json', 'BatchSize: 5');
    await write('list.json', [REQUEST]);

    await expect(read({ mapping: name, handler: 'dist/index.handler' })).rejects.toThrow(message);
  });
});

describe('--options', () => {
  test('may hold every option of the emulator', async () => {
    const all = emulatorOptions();
    await write('options.json', all);

    await expect(readEmulatorOptions('options.json', base)).resolves.toEqual(all);
  });

  test('chooses some and leaves the others alone', async () => {
    await write('options.json', { tombstone: 'null', startDelayMs: 500, holdPartition: false });

    await expect(readEmulatorOptions('options.json', base)).resolves.toEqual({
      tombstone: 'null',
      startDelayMs: 500,
      holdPartition: false,
    });
  });

  test('without a file chooses nothing', async () => {
    await expect(readEmulatorOptions(undefined, base)).resolves.toEqual({});
  });

  test('says of every value that does not fit what is allowed', async () => {
    await write('options.json', {
      tombstone: 'none',
      holdPartition: 'sometimes',
      backoff: { baseMs: 9, maximumMs: 5 },
      callsPerPoller: 0,
      retries: 3,
    });

    await expect(readEmulatorOptions('options.json', base)).rejects.toThrow(
      `${join(base, 'options.json')} does not hold the emulator's options: ` +
        'holdPartition is "sometimes"; allowed: true or false; ' +
        'backoff has a baseMs above its maximumMs; allowed: at most maximumMs; ' +
        'tombstone is "none"; allowed: "omit", "null"; ' +
        'callsPerPoller is 0; allowed: a whole number from 1 to 100; ' +
        'retries is unknown; remove it',
    );
  });
});
