import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  environmentDescription,
  type EnvironmentDescription,
} from 'msk-local/environment/control/environment-description.ts';
import { localDirectory } from '../project-folders.ts';

const environmentFile = join(localDirectory, 'environment.json');

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
  let text: string;
  try {
    text = await readFile(environmentFile, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return environmentDescription.safeParse(JSON.parse(text)).data;
}
