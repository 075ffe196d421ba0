import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import {
  environmentDescription,
  type EnvironmentDescription,
} from '#msk-local/environment/control/environment-description.ts';
import { localDirectory } from '../project-folders.ts';

const environmentFile = join(localDirectory, 'environment.json');

/** The content of the file: the environment, and the address of its console if it has one. */
const noted = environmentDescription.extend({ consoleEndpoint: z.url().optional() });

export type NotedEnvironment = z.infer<typeof noted>;

/** The fields that every version of this file has. */
const anyVersion = z.looseObject({ controlEndpoint: z.string(), controlToken: z.string() });

/** The end of an environment that nobody requested. */
const brokenEnd = z.object({ endedAt: z.iso.datetime(), reason: z.string() });

export type BrokenEnd = z.infer<typeof brokenEnd>;

/** @throws {Error} when a file of that name is there which somebody else put there: it would be lost. */
export async function requireOwnEnvironmentFile(): Promise<void> {
  const content = await readJson();
  if (content === undefined || anyVersion.safeParse(content).success) return;
  throw new Error(
    `${environmentFile} is not a file of a local environment, and a start would replace it. Move it away, or set ` +
      'ORDERS_LOCAL_DIRECTORY to another folder.',
  );
}

/** Lets commands in other terminals find the running environment. Readable by its owner only, as it holds the token. */
export async function writeEnvironmentFile(environment: NotedEnvironment): Promise<void> {
  await write(environment);
}

/** Lets commands in other terminals say why there is no environment any more, until the next one starts. One that has started already stays. */
export async function noteBrokenEnd(environment: EnvironmentDescription, reason: string): Promise<void> {
  const current = await readEnvironmentFile();
  if (current !== undefined && current.controlToken !== environment.controlToken) return;
  const { controlEndpoint } = environment;
  // Of a token that nobody takes any more nothing is kept.
  await write({ controlEndpoint, controlToken: '', endedAt: new Date().toISOString(), reason });
}

/** Forgets the environment, unless another one has taken its place since. */
export async function removeEnvironmentFile(environment: EnvironmentDescription): Promise<void> {
  const current = await readEnvironmentFile();
  if (current?.controlToken === environment.controlToken) await rm(environmentFile, { force: true });
}

/** The environment that was started last; whether it still runs, only its control API can tell. */
export async function readEnvironmentFile(): Promise<NotedEnvironment | undefined> {
  return noted.safeParse(await readJson()).data;
}

/** Reads why the last environment ended, if it ended by itself. */
export async function readBrokenEnd(): Promise<BrokenEnd | undefined> {
  return brokenEnd.safeParse(await readJson()).data;
}

async function write(content: object): Promise<void> {
  await mkdir(dirname(environmentFile), { recursive: true });
  await rm(environmentFile, { force: true });
  await writeFile(environmentFile, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/** Undefined when there is no such file; `null` when it is no JSON. */
async function readJson(): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(environmentFile, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
