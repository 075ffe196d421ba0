import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectDirectory } from '../../../cli/project-folders.ts';
import { topology } from '../../../lib/topology/topology.ts';
import { applyPatch, type Patch } from './planted-bug.ts';

/** The source map of a bundle, which names the handler from which the bundle was built. */
const BUNDLE = 'index.js';

/**
 * Copies a cloud assembly and replaces its functions with builds of a changed source. The source itself and the
 * original assembly stay unchanged.
 *
 * @param entries - the handlers that get the change; every consumer's when absent.
 * @returns the folder of the copy; the caller deletes it.
 */
export async function plant(
  assembly: string,
  patch: Patch,
  entries: readonly string[] = topology.consumers.map(({ handlerEntry }) => handlerEntry),
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'order-events-planted-'));
  const source = join(directory, 'source');
  await cp(join(projectDirectory, 'functions'), join(source, 'functions'), { recursive: true });
  for (const linked of ['node_modules', 'kafka-tools', 'package.json']) {
    await symlink(join(projectDirectory, linked), join(source, linked));
  }
  const file = join(source, patch.file);
  await writeFile(file, applyPatch(await readFile(file, 'utf8'), patch));
  const planted = join(directory, 'assembly');
  await cp(assembly, planted, { recursive: true });
  for (const entry of entries) await replaceBundle(planted, source, entry);
  await rm(source, { recursive: true });
  return planted;
}

async function replaceBundle(assembly: string, source: string, entry: string): Promise<void> {
  for (const asset of await assetsOf(assembly, entry)) {
    await build({
      entryPoints: [join(source, entry)],
      outfile: join(asset, BUNDLE),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node24',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
      allowOverwrite: true,
    });
  }
}

/** @throws {Error} when no asset of the assembly was built from this handler. */
async function assetsOf(assembly: string, entry: string): Promise<readonly string[]> {
  const folders = (await readdir(assembly)).filter((name) => name.startsWith('asset.'));
  const made = await Promise.all(
    folders.map(async (folder) => {
      const map = await readFile(join(assembly, folder, `${BUNDLE}.map`), 'utf8').catch(() => '');
      return map.includes(entry) ? [join(assembly, folder)] : [];
    }),
  );
  const assets = made.flat();
  if (assets.length > 0) return assets;
  throw new Error(
    `No bundle in ${assembly} was built from ${entry}: check that it was synthesized from this project.`,
  );
}
