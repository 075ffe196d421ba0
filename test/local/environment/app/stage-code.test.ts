import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { stageCode, type StagedCode } from '../../../../local/environment/app/stage-code.ts';
import { deployedFunction } from './deployed-function.ts';

let root: string;
let staged: StagedCode | undefined;

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stage-code-'));
});

afterEach(async () => {
  await staged?.remove();
  await rm(root, { recursive: true });
});

test('code is copied out of the assembly, and nothing above it is found', async () => {
  await write('cdk.out/asset/index.js', 'code');
  const codeDirectory = join(root, 'cdk.out/asset');

  staged = await stageCode([deployedFunction({ codeDirectory })], join(root, 'run'));

  const [one] = staged.functions;
  expect(one?.codeDirectory).not.toContain(root);
  expect(one).toMatchObject({ functionName: 'clicks', confined: true });
  expect(await readFile(join(one?.codeDirectory ?? '', 'index.js'), 'utf8')).toBe('code');
});

test('layers are unpacked into one folder, a later one over an earlier one', async () => {
  await write('cdk.out/asset/index.js', '');
  await write('cdk.out/first/nodejs/node_modules/greeting/index.js', 'first');
  await write('cdk.out/first/nodejs/node_modules/colour/index.js', 'first');
  await write('cdk.out/second/nodejs/node_modules/greeting/index.js', 'second');
  const layers = ['first', 'second'].map((name) => join(root, 'cdk.out', name));

  staged = await stageCode(
    [deployedFunction({ codeDirectory: join(root, 'cdk.out/asset'), layerDirectories: layers })],
    join(root, 'run'),
  );

  const modules = join(staged.functions[0]?.layersDirectory ?? '', 'nodejs/node_modules');
  const texts = await Promise.all(
    ['greeting', 'colour'].map((name) => readFile(join(modules, name, 'index.js'), 'utf8')),
  );
  expect(texts).toEqual(['second', 'first']);
});
