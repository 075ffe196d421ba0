import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Lambda's log line for a timeout. */
const TIMEOUT = /\bTask timed out after \d/g;

/** Counts the invocations that ran into their timeout, by the function's log; a function without any is left out. */
export async function countTimeouts(logsDirectory: string): Promise<ReadonlyMap<string, number>> {
  const files = (await readdir(logsDirectory)).filter((file) => file.endsWith('.log'));
  const counts = await Promise.all(
    files.map(async (file) => {
      const log = await readFile(join(logsDirectory, file), 'utf8');
      return [basename(file, '.log'), log.match(TIMEOUT)?.length ?? 0] as const;
    }),
  );
  return new Map(counts.filter(([, count]) => count > 0));
}
