import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stagedCodeDirectory } from '../environment/app/stage-code.ts';
import { markOwnFolder, removeOwnFolder } from '../helpers/own-folder.ts';

/**
 * Makes the folder of a new run of this process, which may have several. It is kept when the run ends, as it holds the
 * logs; those of processes that ended go away with the next run.
 *
 * @param directory - holds the folders of all runs, each named after its process and a few letters.
 */
export async function ownRunFolder(directory: string, pid: number): Promise<string> {
  const runs = await readdir(directory).catch(() => []);
  const over = runs.filter((run) => !isRunning(Number(run.split('-')[0])));
  const leftovers = over
    .map((run) => join(directory, run))
    // Who ends a run in good order deletes its code; `kill -9` leaves it.
    .flatMap((folder) => [folder, stagedCodeDirectory(folder)]);
  await Promise.all(leftovers.map(removeOwnFolder));
  await mkdir(directory, { recursive: true });
  const folder = await mkdtemp(join(directory, `${pid}-`));
  await markOwnFolder(folder);
  return folder;
}

/** The folder of all runs of one source that go on with each other's data. */
export const keptRunFolder = (directory: string, source: string): string =>
  join(directory, createHash('sha256').update(source).digest('hex').slice(0, 16));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
