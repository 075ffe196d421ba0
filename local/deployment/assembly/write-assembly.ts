import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

import type { Assembly } from './assembly.ts';
import { inLocalAccount } from './local-account.ts';
import type { Template } from './template.ts';

/**
 * Copies a cloud assembly into a folder, with other templates.
 *
 * The toolkit uploads a template under its asset id and takes what is already there for current, so each changed
 * template gets a new id, everywhere the old one stands.
 *
 * @param templates - by template file name; a file that is not named keeps its content
 */
export async function writeAssembly(
  assembly: Assembly,
  templates: ReadonlyMap<string, Template>,
  directory: string,
): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await cp(assembly.directory, directory, { recursive: true });
  const newIds = new Map<string, string>();
  for (const [file, template] of templates) {
    const text = JSON.stringify(template, undefined, 1);
    const oldId = sha256(await readFile(join(assembly.directory, file)));
    newIds.set(oldId, sha256(text));
    await writeFile(join(directory, file), text);
  }
  for (const file of [...assembly.manifests, ...assembly.assetManifests]) {
    const text = withOutsideAssets(await readFile(join(directory, file), 'utf8'), assembly.directory, file);
    await writeFile(join(directory, file), inLocalAccount(replaceIds(text, newIds), assembly.accounts));
  }
}

/** The assets of a `Stage` lie beside its folder: one that is deployed alone finds them where they were. */
function withOutsideAssets(manifest: string, directory: string, file: string): string {
  const found = (path: string): string => {
    const asset = resolve(directory, dirname(file), path);
    return relative(directory, asset).startsWith('..') ? asset : path;
  };
  const json: unknown = JSON.parse(manifest, (key, value: unknown) =>
    key === 'path' && typeof value === 'string' ? found(value) : value,
  );
  return JSON.stringify(json);
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const replaceIds = (text: string, newIds: ReadonlyMap<string, string>): string =>
  text.replaceAll(/[0-9a-f]{64}/g, (id) => newIds.get(id) ?? id);
