import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { stagedCodeDirectory } from '../../../local/environment/app/stage-code.ts';
import { ownRunFolder } from '../../../local/command/run-folder.ts';
import { markOwnFolder } from '../../../local/helpers/own-folder.ts';

/** Above the highest process id of Linux and macOS. */
const NO_PROCESS = 2 ** 22 + 1;

test('a new run deletes the folders of runs that are over, and no other', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));
  for (const pid of [process.pid, NO_PROCESS]) await markOwnFolder(join(directory, String(pid)));

  const folder = await ownRunFolder(directory, 7);
  const left = await readdir(directory);
  await rm(directory, { recursive: true });

  expect({ folder, left }).toEqual({ folder: join(directory, '7'), left: [String(process.pid)] });
});

test("a new run deletes the functions' code that a run left behind when it was killed", async () => {
  const directory = await mkdtemp(join(tmpdir(), 'runs-'));
  const killed = join(directory, String(NO_PROCESS));
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

  await ownRunFolder(directory, 7);
  const left = await readdir(directory);
  await rm(directory, { recursive: true });

  expect(left.toSorted()).toEqual([String(NO_PROCESS), 'photos']);
});

test('the first run needs no folder to be there', async () => {
  await expect(ownRunFolder(join(tmpdir(), 'no-such-folder'), 7)).resolves.toBe(
    join(tmpdir(), 'no-such-folder', '7'),
  );
});
