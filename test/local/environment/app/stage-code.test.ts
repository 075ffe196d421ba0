import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
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
    [deployedFunction({ codeDirectory: join(root, 'cdk.out/asset'), layers })],
    join(root, 'run'),
  );

  const modules = join(staged.functions[0]?.layersDirectory ?? '', 'nodejs/node_modules');
  const texts = await Promise.all(
    ['greeting', 'colour'].map((name) => readFile(join(modules, name, 'index.js'), 'utf8')),
  );
  expect(texts).toEqual(['second', 'first']);
});

test('a layer that is a zip file is unpacked over the ones before it', async () => {
  await write('cdk.out/asset/index.js', '');
  await write('cdk.out/first/nodejs/node_modules/greeting/index.js', 'first');
  const zipped = join(root, 'cdk.out/second.zip');
  const text = new TextEncoder().encode('zipped');
  await writeFile(zipped, zipSync({ nodejs: { node_modules: { greeting: { 'index.js': text } } } }));

  staged = await stageCode(
    [
      deployedFunction({
        codeDirectory: join(root, 'cdk.out/asset'),
        layers: [join(root, 'cdk.out/first'), zipped],
      }),
    ],
    join(root, 'run'),
  );

  const opt = staged.functions[0]?.layersDirectory ?? '';
  expect(await readFile(join(opt, 'nodejs/node_modules/greeting/index.js'), 'utf8')).toBe('zipped');
});

test.each([
  {
    story: 'with an entry that leads out of it',
    content: zipSync({ '../outside.js': new Uint8Array() }),
    reason: 'its entry ../outside.js leads out of the layer',
  },
  { story: 'that is no zip archive', content: new Uint8Array([1, 2, 3]), reason: 'it is not a zip archive' },
])('a layer $story is refused with its name', async ({ content, reason }) => {
  await write('cdk.out/asset/index.js', '');
  const layer = join(root, 'cdk.out/layer.jar');
  await writeFile(layer, content);

  const staging = stageCode(
    [deployedFunction({ codeDirectory: join(root, 'cdk.out/asset'), layers: [layer] })],
    join(root, 'run'),
  );

  await expect(staging).rejects.toThrow(`The layer ${layer} cannot be unpacked: ${reason}.`);
});
