import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stagedCodeDirectory } from '../environment/app/stage-code.ts';
import { markOwnFolder, removeOwnFolder } from '../helpers/own-folder.ts';

/**
 * Creates the folder of a new run. One process may have several runs. The folder stays after the run, because it
 * holds the logs. The next run deletes the folders of processes that have ended.
 *
 * @param directory - contains the folders of all runs. The name of each is the process id and a few letters.
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

/** The folder for all runs of one source with --keep, which share their data. */
export const keptRunFolder = (directory: string, source: string): string =>
  join(directory, createHash('sha256').update(source).digest('hex').slice(0, 16));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
