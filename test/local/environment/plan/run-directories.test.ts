import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeRunDirectories } from '../../../../local/environment/plan/run-directories.ts';

let run: string;

beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), 'run-directories-'));
});

afterEach(() => rm(run, { recursive: true }));

/** What there is under the run's folder, but for what tells that it is one. */
async function content(): Promise<readonly string[]> {
  const names = await readdir(run, { recursive: true });
  return names.filter((name) => !name.startsWith('.')).toSorted();
}

const EMPTY = ['cdk.out', 'data', 'logs', 'sdk', 'sdk/node_modules'];

test('a run begins without a past in the folder of the run before', async () => {
  const { data, logs } = await makeRunDirectories(run, '/engines');
  for (const folder of [data, logs]) await writeFile(join(folder, 'old'), '');

  await makeRunDirectories(run, '/engines');

  expect(await content()).toEqual(EMPTY);
});

test('a run that continues with the data of the last one has its data, and nothing else of it', async () => {
  const { data, logs } = await makeRunDirectories(run, '/engines');
  for (const folder of [data, logs]) await writeFile(join(folder, 'old'), '');

  await makeRunDirectories(run, '/engines', 'kept');

  expect(await content()).toEqual(['cdk.out', 'data', 'data/old', 'logs', 'sdk', 'sdk/node_modules']);
});

test('a folder that somebody else filled is rejected, and nothing in it is deleted', async () => {
  await mkdir(join(run, 'data'));
  await writeFile(join(run, 'data', 'mine'), '');

  const making = makeRunDirectories(run, '/engines');

  await expect(making).rejects.toThrow(
    `${run} is not empty, and msk-local did not create it (it has no file .msk-local-folder): nothing in it was changed. ` +
      'Choose another folder, or delete this one yourself.',
  );
  expect(await content()).toEqual(['data', 'data/mine']);
});
