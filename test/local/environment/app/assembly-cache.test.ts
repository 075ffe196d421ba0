import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cachedAssembly } from '../../../../local/environment/app/assembly-cache.ts';

let directory: string;
let app: string;
let made: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assembly-cache-'));
  app = join(directory, 'app');
  made = 0;
  await write('lib/stack.ts', 'one');
  await write('app.json', '{}');
});

afterEach(() => rm(directory, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(join(app, file, '..'), { recursive: true });
  await writeFile(join(app, file), text);
}

interface Request {
  readonly settings?: readonly string[];
  readonly fails?: boolean;
}

function assembly({ settings = [], fails = false }: Request = {}): Promise<string> {
  const cache = { directory: join(directory, 'kept'), inputs: ['lib', 'app.json', 'later.json'] };
  return cachedAssembly(cache, { directory: app, settings }, async (folder) => {
    made += 1;
    await writeFile(join(folder, 'manifest.json'), `assembly ${made}`);
    if (fails) throw new Error('planted');
  });
}

const contentOf = (folder: string) => readFile(join(folder, 'manifest.json'), 'utf8');

describe('the assembly of an app', () => {
  test('is made once while nothing changes', async () => {
    const folders = [await assembly(), await assembly()];

    expect(await Promise.all(folders.map(contentOf))).toEqual(['assembly 1', 'assembly 1']);
  });

  test.each([
    { story: 'a file of an input', change: () => write('lib/stack.ts', 'two') },
    { story: 'a new file in an input', change: () => write('lib/deep/other.ts', '') },
    { story: 'an input that was not there', change: () => write('later.json', '{}') },
  ])('is made again after a change of $story', async ({ change }) => {
    await assembly();

    await change();
    const folder = await assembly();

    expect(await contentOf(folder)).toBe('assembly 2');
  });

  test('is made again with other settings', async () => {
    await assembly({ settings: ['stage=dev'] });

    const folder = await assembly({ settings: ['stage=prod'] });

    expect(await contentOf(folder)).toBe('assembly 2');
  });

  test('does not depend on files outside of its inputs', async () => {
    await assembly();

    await write('README.md', 'words');
    await write('lib/node_modules/package/index.js', 'code');
    const folder = await assembly();

    expect(await contentOf(folder)).toBe('assembly 1');
  });

  test('is not kept when making it fails', async () => {
    await expect(assembly({ fails: true })).rejects.toThrow('planted');

    const folder = await assembly();

    expect(await contentOf(folder)).toBe('assembly 2');
    expect(await readdir(join(directory, 'kept'))).toHaveLength(1);
  });

  test('is one, even when two start at the same time', async () => {
    const [one, two] = await Promise.all([assembly(), assembly()]);

    expect(one).toBe(two);
    expect(await readdir(join(directory, 'kept'))).toHaveLength(1);
  });

  test('is deleted when four others were used since', async () => {
    for (const stage of ['1', '2', '3', '4', '5']) await assembly({ settings: [stage] });

    const folder = await assembly({ settings: ['1'] });

    expect(await contentOf(folder)).toBe('assembly 6');
    expect(await readdir(join(directory, 'kept'))).toHaveLength(4);
  });
});
