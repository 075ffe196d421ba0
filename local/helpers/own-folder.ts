import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/** The file that says of a folder: msk-local made it, and may empty it. */
const MARKER = '.msk-local-folder';

const MARKER_TEXT = 'msk-local made this folder. It empties or deletes only folders that hold this file.\n';

/** A folder holds what somebody else put there. */
class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';

  constructor(directory: string) {
    super(
      `${directory} is not empty, and msk-local did not make it (it has no file ${MARKER}): nothing in it was touched. ` +
        'Choose another folder, or delete this one yourself.',
    );
  }
}

/** @throws {ForeignFolderError} when the folder holds files and not the marker. A missing or an empty one is fine. */
export async function requireOwnFolder(directory: string): Promise<void> {
  const entries = await entriesOf(directory);
  if (entries.length > 0 && !entries.includes(MARKER)) throw new ForeignFolderError(directory);
}

/**
 * Makes a folder of our own, empty but for its marker and what is to stay.
 *
 * @param kept - names of entries that stay.
 * @throws {ForeignFolderError} when the folder holds files and not the marker; nothing is deleted then.
 */
export async function emptyOwnFolder(directory: string, kept: readonly string[] = []): Promise<void> {
  await requireOwnFolder(directory);
  await markOwnFolder(directory);
  const entries = await entriesOf(directory);
  const others = entries.filter((entry) => entry !== MARKER && !kept.includes(entry));
  for (const entry of others) await rm(join(directory, entry), { recursive: true, force: true });
}

/** Deletes a folder of our own. Any other stays as it is. */
export async function removeOwnFolder(directory: string): Promise<void> {
  const entries = await entriesOf(directory);
  if (entries.includes(MARKER)) await rm(directory, { recursive: true, force: true });
}

/** Makes a folder, unless it is there, and marks it as our own. */
export async function markOwnFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, MARKER), MARKER_TEXT);
}

/** Names in a folder; none when it is missing. @throws the system's error for what is no folder. */
async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
