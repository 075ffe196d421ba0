import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { bundleHandler } from '../../../lib/constructs/bundle-handler.ts';

/** A handler that loads a module on demand, and shares another one with it. */
const SOURCES = {
  'handler.mjs': `
import { count } from './counter.mjs';
export const handler = async () => [count(), (await import('./rare.mjs')).countRarely(), count()];`,
  'counter.mjs': 'let counted = 0; export const count = () => (counted += 1);',
  'rare.mjs': `
import { count } from './counter.mjs';
export const countRarely = () => "on demand " + count();`,
};

const directories: string[] = [];

afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});

/** Bundles a handler as often as asked. @returns the folders. */
async function bundled(sources: Readonly<Record<string, string>>, times = 1): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'bundle-handler-'));
  directories.push(directory);
  for (const [name, text] of Object.entries(sources)) await writeFile(join(directory, name), text);
  const folders = Array.from({ length: times }, (_item, index) => join(directory, `out-${index}`));
  for (const folder of folders) {
    await mkdir(folder);
    bundleHandler(join(directory, 'handler.mjs'), folder);
  }
  return folders;
}

test('what a handler imports on demand lies in a file of its own, and shares modules with the start', async () => {
  const [folder = ''] = await bundled(SOURCES);
  const { handler } = createRequire(join(folder, 'any.js'))('./index.js') as {
    handler: () => Promise<unknown>;
  };

  const counted = await handler();

  const rare = (await readdir(folder)).filter((file) => /^rare-\w+\.js$/.test(file));
  expect({ counted, rare: rare.length }).toEqual({ counted: [1, 'on demand 2', 3], rare: 1 });
});

test('a handler that imports nothing on demand is one file with its source map', async () => {
  const [folder = ''] = await bundled({ 'handler.mjs': 'export const handler = () => 1;' });

  expect(await readdir(folder)).toEqual(['index.js', 'index.js.map']);
});

test('the same source gives the same files', async () => {
  const [one = '', other = ''] = await bundled(SOURCES, 2);

  expect(await contentOf(one)).toEqual(await contentOf(other));
});

async function contentOf(folder: string): Promise<readonly (readonly [file: string, text: string])[]> {
  const files = await readdir(folder);
  return Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const));
}
