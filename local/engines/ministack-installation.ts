import { join } from 'node:path';

import { execa } from 'execa';

import { installOnce, type Installation } from './install-once.ts';
import type { InstallOptions } from './kafka-installation.ts';
import { findPython, runTool } from './tools.ts';

/** requirements.txt names the same version, with the hash of every file. */
export const MINISTACK_VERSION = '1.5.33';
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
/**
 * The Python SDK. Lambda's Python runtimes include it, so functions and custom resources that MiniStack runs expect
 * it.
 */
const WITH = 'boto3';

export interface MiniStackInstallation {
  readonly version: string;
  /** The Python of the virtual environment that MiniStack is installed in. */
  readonly python: string;
}

/** Returns the path of the MiniStack installation, which may not exist yet, in the folder of all engines. */
export const miniStackLocation = (
  directory: string,
): Pick<Installation, 'directory' | 'folder' | 'proof'> => ({
  directory,
  folder: `ministack-${MINISTACK_VERSION}-${WITH}`,
  // A link to the machine's Python. Without that Python the link is broken, and so is the whole environment.
  proof: join('bin', 'python'),
});

/**
 * Fetches MiniStack, the local AWS endpoint, into a virtual environment on first use.
 *
 * @throws Error with pip's last lines when the download fails or a file's hash differs.
 */
export async function installMiniStack({
  directory,
  onProgress,
}: InstallOptions): Promise<MiniStackInstallation> {
  const path = await installOnce({
    ...miniStackLocation(directory),
    fill: async (folder) => {
      onProgress(`Fetching MiniStack ${MINISTACK_VERSION} through pip (16 MB, once)`);
      await createEnvironment(folder);
    },
  });
  return { version: MINISTACK_VERSION, python: join(path, 'bin', 'python') };
}

async function createEnvironment(folder: string): Promise<void> {
  const python = await findPython(runTool);
  if (!python.found) throw new Error(`MiniStack needs Python 3.10 or later with venv: ${python.problem}`);
  const options = { all: true, reject: false } as const;
  const created = await execa(python.command, ['-m', 'venv', folder], options);
  const installed = created.failed
    ? created
    : await execa(
        join(folder, 'bin', 'python'),
        ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary=:all:', '-r', REQUIREMENTS],
        options,
      );
  if (installed.failed)
    throw new Error(
      `pip could not fetch MiniStack: ${installed.all === '' ? installed.shortMessage : installed.all}`,
    );
}
