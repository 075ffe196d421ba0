import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { deploy, temporaryDirectory } from './deployed-function.ts';

/** Each case starts two processes, which takes a while on a busy machine. */
jest.setTimeout(60_000);

const exporting = (value: string): string => `exports.value = '${value}';`;

/** A folder of code with packages in and around it, as files by name. */
const surroundings = {
  'node_modules/stray/index.js': exporting('stray'),
  'task/node_modules/own/index.js': exporting('own'),
  'task/shared/text.js': exporting('shared'),
  'opt/nodejs/node22/node_modules/of-runtime/index.js': exporting('node22'),
  'opt/nodejs/node_modules/of-runtime/index.js': exporting('any node'),
  'opt/nodejs/node_modules/layered/index.js': exporting('layered'),
};

/** Invokes a function whose modules are confined to its folder, and gives what it answers. */
async function invoked(files: Readonly<Record<string, string>>, handler = 'index.handler'): Promise<unknown> {
  const root = temporaryDirectory({ ...surroundings, ...files });
  const deployed = await deploy({
    code: '',
    configuration: {
      codeDirectory: join(root, 'task'),
      layersDirectory: join(root, 'opt'),
      confined: true,
      runtime: 'nodejs22.x',
      handler,
    },
  });
  const { payload } = await deployed.invoke();
  return payload;
}

const requiring = (name: string): string =>
  `const { value } = require('${name}'); exports.handler = async () => value;`;
const importing = (name: string): string =>
  `import { value } from '${name}'; export const handler = async () => value;`;

describe('a function finds', () => {
  test.each([
    { name: 'own', where: 'in its own node_modules', value: 'own' },
    { name: 'layered', where: 'in a layer', value: 'layered' },
    { name: 'of-runtime', where: "in a layer, first in the runtime's own folder", value: 'node22' },
  ])('$name $where, by require and by import', async ({ name, value }) => {
    const required = await invoked({ 'task/index.js': requiring(name) });
    const imported = await invoked({ 'task/index.mjs': importing(name) });

    expect([required, imported]).toEqual([value, value]);
  });

  test('a module by its path from the root of its code', async () => {
    expect(await invoked({ 'task/index.js': requiring('shared/text') })).toBe('shared');
  });

  test("its handler at the root where the handler's folder is missing", async () => {
    const handler = "exports.run = async () => 'root';";

    expect(await invoked({ 'task/orders.js': handler }, 'src/orders.run')).toBe('root');
  });
});

describe('a function does not find', () => {
  test('a package above its code by require', async () => {
    expect(await invoked({ 'task/index.js': requiring('stray') })).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringContaining("Cannot find module 'stray'"),
    });
  });

  test('a package above its code by import', async () => {
    expect(await invoked({ 'task/index.mjs': importing('stray') })).toMatchObject({
      errorMessage: expect.stringContaining("Cannot find package 'stray' imported from"),
    });
  });
});

test('a package of the runtime is found by require and by import, and depends on what is where it is installed', async () => {
  const root = temporaryDirectory({
    'installed/node_modules/@aws-sdk/client-clock/index.js': "exports.value = require('ticks').value;",
    'installed/node_modules/ticks/index.js': exporting('tick'),
    'task/cjs.js': requiring('@aws-sdk/client-clock'),
    'task/esm.mjs': importing('@aws-sdk/client-clock'),
  });
  const runtimeModules = join(root, 'installed/node_modules');
  const deployed = await deploy({
    code: '',
    configuration: { codeDirectory: join(root, 'task'), confined: true, handler: 'cjs.handler' },
    host: { runtimeModules },
  });

  const required = await deployed.invoke();
  deployed.redeploy({ handler: 'esm.handler' });
  const imported = await deployed.invoke();

  expect([required.payload, imported.payload]).toEqual(['tick', 'tick']);
});

test('a function gets a hint about a package that Lambda has and this machine lacks', async () => {
  const root = temporaryDirectory({ 'task/index.js': requiring('@aws-sdk/client-calendar') });
  const deployed = await deploy({
    code: '',
    configuration: { codeDirectory: join(root, 'task'), confined: true },
  });

  await deployed.invoke();

  expect(deployed.lines).toContainEqual(
    expect.stringContaining(
      "Lambda's runtime brings @aws-sdk/client-calendar along, but it is not installed on this machine",
    ),
  );
});

test('a function has NODE_PATH as on Lambda, with the folders of this machine', async () => {
  const root = temporaryDirectory({
    'task/index.js': 'exports.handler = async () => process.env.NODE_PATH.split(":");',
  });
  const layersDirectory = join(root, 'opt');
  const codeDirectory = join(root, 'task');
  const deployed = await deploy({
    code: '',
    configuration: { codeDirectory, layersDirectory, runtime: 'nodejs22.x' },
    host: { runtimeModules: join(root, 'sdk') },
  });

  const { payload } = await deployed.invoke();

  expect(payload).toEqual([
    join(layersDirectory, 'nodejs/node22/node_modules'),
    join(layersDirectory, 'nodejs/node_modules'),
    join(root, 'sdk'),
    expect.stringMatching(/bootstrap$/),
    codeDirectory,
  ]);
});
