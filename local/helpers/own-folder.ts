import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/** The marker file of a folder that msk-local created and may empty. */
const MARKER = '.msk-local-folder';

const MARKER_TEXT =
  'msk-local created this folder. It empties or deletes only folders that contain this file.\n';

/** A folder that msk-local did not create is not empty. */
class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';

  constructor(directory: string) {
    super(
      `${directory} is not empty, and msk-local did not create it (it has no file ${MARKER}): nothing in it was changed. ` +
        'Choose another folder, or delete this one yourself.',
    );
  }
}

/** @throws {ForeignFolderError} when the folder contains files but no marker. A missing or empty folder is accepted. */
export async function requireOwnFolder(directory: string): Promise<void> {
  const entries = await entriesOf(directory);
  if (entries.length > 0 && !entries.includes(MARKER)) throw new ForeignFolderError(directory);
}

/**
 * Creates an own folder that is empty except for its marker and the kept entries.
 *
 * @param kept - names of entries that stay.
 * @throws {ForeignFolderError} when the folder contains files but no marker; nothing is deleted then.
 */
export async function emptyOwnFolder(directory: string, kept: readonly string[] = []): Promise<void> {
  await requireOwnFolder(directory);
  await markOwnFolder(directory);
  const entries = await entriesOf(directory);
  const others = entries.filter((entry) => entry !== MARKER && !kept.includes(entry));
  for (const entry of others) await rm(join(directory, entry), { recursive: true, force: true });
}

/** Deletes an own folder. Any other folder stays unchanged. */
export async function removeOwnFolder(directory: string): Promise<void> {
  const entries = await entriesOf(directory);
  if (entries.includes(MARKER)) await rm(directory, { recursive: true, force: true });
}

/** Creates a folder if needed, and marks it as an own folder. */
export async function markOwnFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, MARKER), MARKER_TEXT);
}

/** Lists the names in a folder; empty when it is missing. @throws the system's error when the path is not a folder. */
async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
