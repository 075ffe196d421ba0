import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssemblyCache } from '../plan/app-source.ts';

/** Assemblies that are kept: those of a few branches or stages. */
const KEPT = 4;

/** Variables that reach an app through the CDK toolkit. https://docs.aws.amazon.com/cdk/v2/guide/configure-env.html */
const VARIABLES = /^(?:CDK_|AWS_REGION$|AWS_DEFAULT_REGION$|AWS_PROFILE$|NODE_OPTIONS$)/;

/** What an assembly was made of. */
export interface AssemblyOrigin {
  /** The app's folder. */
  readonly directory: string;
  /** Whatever else the synthesis goes by. */
  readonly settings: readonly string[];
}

/**
 * Finds the assembly that was made of the same files, settings and variables, or makes one and keeps it.
 *
 * @param make - writes an assembly to a folder.
 * @returns the folder of the assembly. Nothing may be written to it.
 */
export async function cachedAssembly(
  cache: AssemblyCache,
  origin: AssemblyOrigin,
  make: (directory: string) => Promise<unknown>,
): Promise<string> {
  const kept = join(cache.directory, await fingerprint(cache.inputs, origin));
  if (!existsSync(kept)) await makeOnce(kept, make);
  const now = new Date();
  await utimes(kept, now, now);
  await deleteOldest(cache.directory);
  return kept;
}

/** Two that start at the same time both make one; the second finds the first and deletes its own. */
async function makeOnce(kept: string, make: (directory: string) => Promise<unknown>): Promise<void> {
  const making = `${kept}.${randomUUID()}`;
  await mkdir(making, { recursive: true });
  try {
    await make(making);
    if (!existsSync(kept)) await rename(making, kept).catch(ignoreIfThere(kept));
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

function ignoreIfThere(path: string): (error: unknown) => void {
  return (error) => {
    if (!existsSync(path)) throw error;
  };
}

async function fingerprint(
  inputs: readonly string[],
  { directory, settings }: AssemblyOrigin,
): Promise<string> {
  const hash = createHash('sha256');
  const names = Object.keys(process.env).filter((name) => VARIABLES.test(name));
  const variables = names.toSorted().map((name) => [name, process.env[name]]);
  hash.update(JSON.stringify([process.version, settings, variables]));
  for (const file of await filesOf(inputs, directory)) {
    const content = await readFile(join(directory, file));
    hash.update(JSON.stringify([file, content.length])).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/** An input that is not there is an input too: once it is, the fingerprint is another. */
async function filesOf(inputs: readonly string[], directory: string): Promise<readonly string[]> {
  const patterns = inputs.flatMap((input) => [input, `${input}/**/*`]);
  const files: string[] = [];
  for await (const entry of glob(patterns, {
    cwd: directory,
    withFileTypes: true,
    exclude: ({ name }) => name === 'node_modules',
  })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(directory.length + 1));
  }
  return [...new Set(files)].toSorted();
}

async function deleteOldest(directory: string): Promise<void> {
  const entries = await Promise.all(
    (await readdir(directory)).map(async (name) => {
      const path = join(directory, name);
      const usedAtMs = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      return { path, usedAtMs };
    }),
  );
  const oldest = entries.toSorted((a, b) => b.usedAtMs - a.usedAtMs).slice(KEPT);
  for (const { path } of oldest) await rm(path, { recursive: true, force: true });
}
