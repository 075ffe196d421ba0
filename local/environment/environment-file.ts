import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EnvironmentDescription } from './environment-description.ts';

/** The project's folder; everything that running it leaves behind is under `.local` in it. */
export const projectDirectory = resolve(import.meta.dirname, '../..');

const environmentFile = resolve(projectDirectory, '.local/environment.json');

/** Lets commands in other terminals find the running environment. Readable by its owner only, as it holds the token. */
export async function writeEnvironmentFile(environment: EnvironmentDescription): Promise<void> {
  await mkdir(dirname(environmentFile), { recursive: true });
  await rm(environmentFile, { force: true });
  await writeFile(environmentFile, `${JSON.stringify(environment, null, 2)}\n`, { mode: 0o600 });
}

/** Forgets the environment, unless another one has taken its place since. */
export async function removeEnvironmentFile(environment: EnvironmentDescription): Promise<void> {
  const current = await readEnvironmentFile();
  if (current?.controlToken === environment.controlToken) await rm(environmentFile, { force: true });
}

/** The environment that was started last; whether it still runs, only its control API can tell. */
export async function readEnvironmentFile(): Promise<EnvironmentDescription | undefined> {
  try {
    // Written by writeEnvironmentFile alone, at once and whole.
    return JSON.parse(await readFile(environmentFile, 'utf8')) as EnvironmentDescription;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
