import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  for (const file of ['manifest.json', ...assembly.assetManifests]) {
    const text = await readFile(join(directory, file), 'utf8');
    await writeFile(join(directory, file), inLocalAccount(replaceIds(text, newIds), assembly.accounts));
  }
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

const replaceIds = (text: string, newIds: ReadonlyMap<string, string>): string =>
  text.replaceAll(/[0-9a-f]{64}/g, (id) => newIds.get(id) ?? id);
