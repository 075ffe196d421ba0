import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

import type { Assembly } from './assembly.ts';
import { inLocalAccount } from './local-account.ts';
import { isObject, type Template } from './template.ts';

/** The destination of a rewritten assembly. */
export interface AssemblyTarget {
  /** A folder for the assembly alone; its previous content is deleted. */
  readonly directory: string;
  /** True when Docker can build container images. */
  readonly withImages: boolean;
}

/**
 * Copies a cloud assembly into a folder and replaces its templates.
 *
 * The toolkit uploads a template under its asset id and skips the upload when the id exists. So each changed template
 * gets a new id, and the new id replaces the old one everywhere.
 *
 * @param templates - by file name, nested templates before the templates that contain them; other files keep their
 * content
 */
export async function writeAssembly(
  assembly: Assembly,
  templates: ReadonlyMap<string, Template>,
  { directory, withImages }: AssemblyTarget,
): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await cp(assembly.directory, directory, { recursive: true });
  const newIds = new Map<string, string>();
  for (const [file, template] of templates) {
    const text = replaceIds(JSON.stringify(template, undefined, 1), newIds);
    newIds.set(await idOf(file, assembly), sha256(text));
    await writeFile(join(directory, file), text);
  }
  for (const file of assembly.manifests) {
    const read = await readFile(join(directory, file), 'utf8');
    const text = withOutsideAssets(withImages ? read : withoutImages(read), assembly.directory, file);
    await writeFile(join(directory, file), inLocalAccount(replaceIds(text, newIds), assembly.accounts));
  }
}

/** Removes container images. Without Docker the toolkit cannot build them, and would deploy nothing. */
function withoutImages(manifest: string): string {
  const json: unknown = JSON.parse(manifest);
  return isObject(json) && json['dockerImages'] !== undefined
    ? JSON.stringify({ ...json, dockerImages: {} })
    : manifest;
}

/**
 * Computes the asset id of a nested template. It is not the file's hash, because the CDK calculates it before it
 * indents the file.
 */
async function idOf(file: string, { directory, assets }: Assembly): Promise<string> {
  const path = join(directory, file);
  return assets.find((asset) => asset.path === path)?.id ?? sha256(await readFile(path));
}

/**
 * Rewrites asset paths. The assets of a `Stage` are beside its folder, so a `Stage` that is deployed alone needs
 * their original place.
 */
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
