import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readOptions, type MskLocalOptions, type ReadOptions } from '../../../local/api/msk-local-options.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'options-'));
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app/cdk.json'), '{}');
});

afterEach(() => rm(folder, { recursive: true }));

const read = (given: Partial<MskLocalOptions> = {}): ReadOptions =>
  readOptions(
    { app: 'app', ...given },
    { variables: { MSK_LOCAL_ENGINES: '/engines' }, workingDirectory: folder },
  );

test('an app alone gets free ports, functions as processes, and the folders of the command line', () => {
  const options = read();

  expect(options).toEqual({
    runs: join(folder, '.msk-local/runs'),
    options: {
      name: 'app',
      app: { kind: 'cdk', directory: join(folder, 'app'), arguments: [] },
      ports: { broker: { port: 0, kind: 'preferred' }, aws: { port: 0, kind: 'preferred' } },
      invoke: 'processes',
      newTopicPartitions: 3,
      emulator: {},
      enginesDirectory: '/engines',
      keep: false,
    },
  });
});

test('every option that is given counts', () => {
  const given = {
    app: '.',
    directory: 'app',
    region: 'eu-west-1',
    brokers: '127.0.0.1:1',
    endpoint: 'http://127.0.0.1:2/',
    brokerPort: 3,
    awsPort: 4,
    invoke: 'endpoint',
    partitions: 5,
    emulator: { tombstone: 'null' },
    enginesDirectory: 'engines',
    stateDirectory: 'state',
  } as const;

  const options = read(given);

  expect(options).toEqual({
    runs: join(folder, 'app/state/runs'),
    options: {
      name: '.',
      app: { kind: 'cdk', directory: join(folder, 'app'), arguments: [] },
      ports: { broker: { port: 3, kind: 'required' }, aws: { port: 4, kind: 'required' } },
      bootstrapServers: '127.0.0.1:1',
      awsEndpoint: 'http://127.0.0.1:2',
      region: 'eu-west-1',
      invoke: 'endpoint',
      newTopicPartitions: 5,
      emulator: { tombstone: 'null' },
      enginesDirectory: join(folder, 'app/engines'),
      keep: false,
    },
  });
});

describe('a value that does not fit is refused by its name', () => {
  const cases: readonly [story: string, given: Partial<MskLocalOptions>, message: RegExp][] = [
    ['an app that is not there', { app: 'missing' }, /--app missing is neither a folder/],
    ['a port above all', { brokerPort: 65_536 }, /^brokerPort is 65536: give a whole number from 1 to 65535/],
    ['half a port', { awsPort: 0.5 }, /^awsPort is 0\.5/],
    ['no partition', { partitions: 0 }, /^partitions is 0/],
    ['a pace below nothing', { emulator: { scaleIntervalMs: -1 } }, /^emulator: scaleIntervalMs /],
  ];

  test.each(cases)('%s', (_story, given, message) => {
    expect(() => read(given)).toThrow(message);
  });
});
