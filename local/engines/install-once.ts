import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../helpers/error-code.ts';

import { markOwnFolder, removeOwnFolder, requireOwnFolder } from '../helpers/own-folder.ts';

export interface Installation {
  /** The folder of all installations; created when missing. */
  readonly directory: string;
  /** `<name>-<version>`: the installation's folder inside it. */
  readonly folder: string;
  /** A path inside the installation that proves it usable. When the path is missing, the installation is repeated. */
  readonly proof: string;
  /** Fills the given empty folder. The folder is moved afterwards, so its content must not contain its path. */
  readonly fill: (folder: string) => Promise<void>;
}

/**
 * Returns the path of an installation, and installs it on first use.
 *
 * It is filled in a temporary folder and moved into place when complete, so nobody sees a half-finished one. When two
 * processes install at the same time, both use the one that finishes first.
 *
 * @throws Error when a folder of that name exists and msk-local did not create it.
 */
export async function installOnce(installation: Installation): Promise<string> {
  const target = join(installation.directory, installation.folder);
  // The order matters: a folder that appears in between is a finished installation of another process, not a broken
  // one.
  if (await exists(target)) {
    if (await exists(join(target, installation.proof))) return target;
    await requireOwnFolder(target);
    await removeOwnFolder(target);
  }

  const unfinished = join(installation.directory, `.unfinished-${installation.folder}-${randomUUID()}`);
  try {
    await mkdir(unfinished, { recursive: true });
    await installation.fill(unfinished);
    await markOwnFolder(unfinished);
    await moveUnlessThere(unfinished, target);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return target;
}

/** Returns whether the installation is complete. */
export function isInstalled({
  directory,
  folder,
  proof,
}: Pick<Installation, 'directory' | 'folder' | 'proof'>): Promise<boolean> {
  return exists(join(directory, folder, proof));
}

async function moveUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const taken = ['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '');
    if (!taken) throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
