import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replayRecords, type ReplayRequest } from '../../functions/redrive/operations/replay.ts';

/** The notes of a replay, so that it can continue after a crash. */
export interface ReplayNotes {
  /** The replay that did not come to its end, if there is one. */
  read(): Promise<ReplayRequest | undefined>;
  write(request: ReplayRequest): Promise<void>;
  forget(): Promise<void>;
}

/** Notes in a file; what is there is replaced whole, so that a crash leaves the old one or the new one. */
export function replayNotes(file: string): ReplayNotes {
  return {
    read: async () => {
      try {
        const noted: unknown = JSON.parse(await readFile(file, 'utf8'));
        return replayRecords.request.safeParse(noted).data;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: async (request) => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(request), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    forget: () => rm(file, { force: true }),
  };
}
