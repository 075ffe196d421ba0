import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { stagedCodeDirectory } from '../../../local/environment/app/stage-code.ts';
import { ownRunFolder } from '../../../local/command/run-folder.ts';
import { markOwnFolder } from '../../../local/helpers/own-folder.ts';

/** Above the highest process id of Linux and macOS. */
const NO_PROCESS = 2 ** 22 + 1;

test('a new run deletes the folders of runs that are over, and no other', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));
  for (const pid of [process.pid, NO_PROCESS]) await markOwnFolder(join(directory, `${pid}-abc`));

  const folder = await ownRunFolder(directory, 7);
  const left = await readdir(directory);
  await rm(directory, { recursive: true });

  expect(left.toSorted()).toEqual([basename(folder), `${process.pid}-abc`].toSorted());
  expect(basename(folder)).toMatch(/^7-/);
});

test("a new run deletes the functions' code that a run left behind when it was killed", async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));
  const killed = join(directory, `${NO_PROCESS}-abc`);
  await markOwnFolder(killed);
  await markOwnFolder(stagedCodeDirectory(killed));

  await ownRunFolder(directory, 7);
  await rm(directory, { recursive: true });

  expect(existsSync(stagedCodeDirectory(killed))).toBe(false);
});

test('a new run deletes no folder that somebody else put beside those of runs', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));
  for (const name of ['photos', String(NO_PROCESS)]) {
    await mkdir(join(directory, name));
    await writeFile(join(directory, name, 'mine'), '');
  }

  const folder = await ownRunFolder(directory, 7);
  const left = await readdir(directory);
  await rm(directory, { recursive: true });

  expect(left.toSorted()).toEqual([String(NO_PROCESS), basename(folder), 'photos'].toSorted());
});

test('two runs of one process have a folder each', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));

  const folders = await Promise.all([
    ownRunFolder(directory, process.pid),
    ownRunFolder(directory, process.pid),
  ]);
  const left = await readdir(directory);
  await rm(directory, { recursive: true });

  expect(left.toSorted()).toEqual(folders.map((folder) => basename(folder)).toSorted());
});

test('the first run needs no folder to be there', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));
  const missing = join(directory, 'missing');

  const folder = await ownRunFolder(missing, 7);
  await rm(directory, { recursive: true });

  expect(dirname(folder)).toBe(missing);
});
