import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folder of this process's run. It is kept when the run ends, as it holds the logs; those of earlier runs go
 * away with the next one.
 *
 * @param directory - holds the folders of all runs, each named after its process.
 */
export async function ownRunFolder(directory: string, pid: number): Promise<string> {
  const runs = await readdir(directory).catch(() => []);
  const over = runs.filter((run) => !isRunning(Number(run)));
  await Promise.all(over.map((run) => rm(join(directory, run), { recursive: true, force: true })));
  return join(directory, String(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
