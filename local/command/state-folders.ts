import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folders that msk-local keeps between runs. Absolute paths. */
export interface StateFolders {
  /** Kafka and MiniStack, fetched once for all apps. */
  readonly engines: string;
  /** A folder for each run, with its logs. */
  readonly runs: string;
  /** A folder for each app that was run with --keep. */
  readonly kept: string;
}

/**
 * Reads the folders from MSK_LOCAL_ENGINES and MSK_LOCAL_DIRECTORY. Without them, engines go to the user's cache and
 * runs to `.msk-local` in the current folder.
 */
export function stateFolders(
  environment: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): StateFolders {
  const cache = environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const state = resolve(workingDirectory, environment['MSK_LOCAL_DIRECTORY'] ?? '.msk-local');
  return {
    engines: resolve(workingDirectory, environment['MSK_LOCAL_ENGINES'] ?? join(cache, 'msk-local')),
    runs: join(state, 'runs'),
    kept: join(state, 'kept'),
  };
}
