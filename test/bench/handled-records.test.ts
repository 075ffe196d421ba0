import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { emptyHandled, readHandled } from '../../bench/mapping/handled-records.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'order-events-test-'));
  path = join(directory, 'handled.txt');
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test('handled records are counted from the first invocation that ended to the last, in whatever order they are written', async () => {
  await writeFile(path, '2000.5 100\n1000.0 40\n3000.0 60\n');

  const handled = readHandled(path);

  expect(handled).toEqual({ count: 200, firstAt: 1_000, lastAt: 3_000, firstCount: 40 });
});

test('a line that is still being written does not count', async () => {
  await writeFile(path, '1000.0 40\n2000.0 6');

  const handled = readHandled(path);

  expect(handled).toEqual({ count: 40, firstAt: 1_000, lastAt: 1_000, firstCount: 40 });
});

test('nothing is handled in an empty file, which is made when it is missing', () => {
  emptyHandled(path);

  expect(readHandled(path)).toBeUndefined();
});
