import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findSdk, linkPackages, sdkClientsNamedIn } from '../../../local/helpers/sdk-packages.ts';

let root: string;

async function write(file: string, text = ''): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sdk-'));
});

afterEach(() => rm(root, { recursive: true }));

test('packages of the SDK are found above an app, beside handlers in its repository, and with this package', async () => {
  await write('repository/.git/HEAD');
  await write('repository/node_modules/@aws-sdk/client-clock/index.js');
  await write('repository/services/orders/node_modules/@aws-sdk/client-clock/index.js');
  await write('repository/services/orders/node_modules/@smithy/ticks/index.js');
  await write('elsewhere/node_modules/@aws-sdk/client-stray/index.js');
  await write('repository/infra/cdk.json');

  const found = await findSdk(join(root, 'repository/infra'));

  expect(found.get('@aws-sdk/client-clock')).toBe(
    join(root, 'repository/node_modules/@aws-sdk/client-clock'),
  );
  expect(found.get('@smithy/ticks')).toBe(
    join(root, 'repository/services/orders/node_modules/@smithy/ticks'),
  );
  expect(found.has('@aws-sdk/client-stray')).toBe(false);
  expect(found.has('@aws-sdk/client-sqs')).toBe(true);
});

test('packages beside a handler are found in the folder above an app that is in no repository', async () => {
  await write('services/consumer/node_modules/@aws-sdk/client-clock/index.js');
  await write('infra/cdk.json');

  const found = await findSdk(join(root, 'infra'));

  expect(found.has('@aws-sdk/client-clock')).toBe(true);
});

test('found packages are linked into one folder', async () => {
  await linkPackages(join(root, 'modules'), new Map([['@aws-sdk/client-clock', join(root, 'installed')]]));

  expect(await readlink(join(root, 'modules/@aws-sdk/client-clock'))).toBe(join(root, 'installed'));
});

test('the clients that code names are read from all of its files', async () => {
  await write('code/index.js', 'require("@aws-sdk/client-ssm"); `@aws-sdk/client-${name}`');
  await write('code/lib/more.mjs', "import '@aws-sdk/lib-dynamodb';");
  await write('code/notes.md', '@aws-sdk/client-notes');

  expect([...(await sdkClientsNamedIn(join(root, 'code')))].toSorted()).toEqual([
    '@aws-sdk/client-ssm',
    '@aws-sdk/lib-dynamodb',
  ]);
});
