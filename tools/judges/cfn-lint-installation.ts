import { join } from 'node:path';
import { execa } from 'execa';
import { installOnce } from '../../local/engines/install-once.ts';
import { findPython, runTool } from '../../local/engines/tools.ts';

/** requirements.txt names the same version, with the hash of every file. */
const version = '1.58.0';
const requirements = join(import.meta.dirname, 'requirements.txt');

/**
 * Returns the Python with cfn-lint, which is installed into a virtual environment on first use.
 *
 * @param directory - the folder that holds such installations
 * @throws Error when there is no Python, the download fails or a file's hash differs.
 */
export async function installCfnLint(directory: string): Promise<string> {
  const path = await installOnce({
    directory,
    folder: `cfn-lint-${version}`,
    proof: join('bin', 'python'),
    fill: createEnvironment,
  });
  return join(path, 'bin', 'python');
}

async function createEnvironment(folder: string): Promise<void> {
  const python = await findPython(runTool);
  if (!python.found) {
    throw new Error(
      `cfn-lint needs Python 3.10 or later with venv (${python.problem}). ` +
        'Debian, Ubuntu: sudo apt install python3 python3-venv. macOS: brew install python.',
    );
  }
  await execa(python.command, ['-m', 'venv', folder]);
  const { failed, all } = await execa(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary=:all:', '-r', requirements],
    { all: true, reject: false },
  );
  if (failed) throw new Error(`pip could not fetch cfn-lint ${version}:\n${all}`);
}
