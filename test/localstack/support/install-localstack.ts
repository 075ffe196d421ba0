import { readdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { installOnce } from '../../../local/engines/install-once.ts';

/** requirements.txt names the same version. */
const VERSION = '4.14.0';
const FILES = import.meta.dirname;
/** The version is part of the file's name in Maven's repository, and none of the name that Java looks for. */
const NATIVE = /^(?<name>libsqlite4java-[a-z0-9-]+?)-[0-9.]+(?<end>\.so|\.dylib)$/;

export interface LocalStackInstallation {
  readonly version: string;
  /** The Python of its virtual environment. */
  readonly python: string;
  /** The folder with the archives of DynamoDB Local. */
  readonly archives: string;
}

/**
 * Fetches LocalStack through pip and DynamoDB Local through Maven, once: some 300 MB, in a minute or two.
 *
 * @throws {Error} with the tool's last lines when a download fails or a hash differs, or when no Python is new enough.
 */
export async function installLocalStack(directory: string): Promise<LocalStackInstallation> {
  const path = await installOnce({
    directory,
    folder: `localstack-${VERSION}`,
    proof: join('venv', 'bin', 'python'),
    fill: async (folder) => {
      await fetchArchives(join(folder, 'dynamodb'));
      await fetchPackages(join(folder, 'venv'));
    },
  });
  return {
    version: VERSION,
    python: join(path, 'venv', 'bin', 'python'),
    archives: join(path, 'dynamodb'),
  };
}

async function fetchPackages(venv: string): Promise<void> {
  await run(await newEnoughPython(), ['-m', 'venv', venv]);
  const install = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary=:all:'];
  const python = join(venv, 'bin', 'python');
  await run(python, [...install, '-r', join(FILES, 'requirements-build.txt')]);
  await run(python, [
    ...install,
    '--no-binary=crontab',
    '--no-build-isolation',
    '-r',
    join(FILES, 'requirements.txt'),
  ]);
}

async function fetchArchives(folder: string): Promise<void> {
  const goal = ['dependency:copy-dependencies', '--define', `outputDirectory=${folder}`];
  await run('mvn', [
    '--batch-mode',
    '--quiet',
    '--strict-checksums',
    '--file',
    join(FILES, 'pom.xml'),
    ...goal,
  ]);
  for (const file of await readdir(folder)) {
    const { name, end } = NATIVE.exec(file)?.groups ?? {};
    if (name !== undefined && end !== undefined)
      await rename(join(folder, file), join(folder, `${name}${end}`));
  }
}

async function run(file: string, args: readonly string[]): Promise<void> {
  const { failed, all, shortMessage } = await execa(file, args, {
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  if (failed) throw new Error(`LocalStack cannot be installed: ${shortMessage}\n${all.slice(-2_000)}`);
}

/** The variable PYTHON first, then the usual names, then what pyenv holds. */
async function newEnoughPython(): Promise<string> {
  const pyenv = join(homedir(), '.pyenv', 'versions');
  const held = await readdir(pyenv).catch(() => []);
  const candidates = [
    ...(process.env['PYTHON'] === undefined ? [] : [process.env['PYTHON']]),
    'python3',
    'python3.14',
    'python3.13',
    ...held.map((version) => join(pyenv, version, 'bin', 'python3')),
  ];
  for (const python of candidates) {
    const check = ['-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 13))'];
    const { failed } = await execa(python, check, { reject: false, stdin: 'ignore' });
    if (!failed) return python;
  }
  throw new Error(
    `LocalStack ${VERSION} needs Python 3.13 or later with venv, and none of ${candidates.join(', ')} is: ` +
      'install one, or name it in the variable PYTHON.',
  );
}
