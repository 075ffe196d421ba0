import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../helpers/error-code.ts';

import { markOwnFolder, removeOwnFolder, requireOwnFolder } from '../helpers/own-folder.ts';

export interface Installation {
  /** The folder that holds all installations; created when missing. */
  readonly directory: string;
  /** `<name>-<version>`: the installation's folder inside it. */
  readonly folder: string;
  /** A path inside the installation without which it is of no use: when it is missing, the installation is made anew. */
  readonly proof: string;
  /** Fills the empty folder it is given. The folder is moved afterwards, so its content must not hold its path. */
  readonly fill: (folder: string) => Promise<void>;
}

/**
 * The path of an installation, made on first use.
 *
 * It is filled in a folder of its own and moved into place when whole, so that a half-finished one is never seen, and
 * of two that are made at the same time the first to finish is the one that both use.
 *
 * @throws Error when a folder of that name holds what somebody else put there.
 */
export async function installOnce(installation: Installation): Promise<string> {
  const target = join(installation.directory, installation.folder);
  // In this order: a folder that appears in between is another's finished installation, not a broken one.
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

/** Whether the installation can be used as it is. */
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
