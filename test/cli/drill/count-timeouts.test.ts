import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { timeoutLine } from '../../../local/lambda/platform-log.ts';
import { countTimeouts } from '../../../cli/drill/world/count-timeouts.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'timeouts-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

test('counts the invocations of each function that ran into the timeout', async () => {
  const line = timeoutLine('request-1', new Date(0), 30);
  await writeFile(join(directory, 'billing.log'), `START RequestId: request-1\n${line}\nEND\n${line}\n`);
  await writeFile(join(directory, 'inventory.log'), 'START RequestId: request-2\nEND\n');

  const counts = await countTimeouts(directory);

  expect(counts).toEqual(new Map([['billing', 2]]));
});
