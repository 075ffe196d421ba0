import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stagedCodeDirectory } from '../environment/app/stage-code.ts';
import { removeOwnFolder } from '../helpers/own-folder.ts';

/**
 * The folder of this process's run. It is kept when the run ends, as it holds the logs; those of earlier runs go
 * away with the next one.
 *
 * @param directory - holds the folders of all runs, each named after its process.
 */
export async function ownRunFolder(directory: string, pid: number): Promise<string> {
  const runs = await readdir(directory).catch(() => []);
  const over = runs.filter((run) => !isRunning(Number(run)));
  const leftovers = over
    .map((run) => join(directory, run))
    // Who ends a run in good order deletes its code; `kill -9` leaves it.
    .flatMap((folder) => [folder, stagedCodeDirectory(folder)]);
  await Promise.all(leftovers.map(removeOwnFolder));
  return join(directory, String(pid));
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
