import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { stageCode, type StagedCode } from '../../../../local/environment/app/stage-code.ts';
import { deployedFunction } from './deployed-function.ts';

const NOT_OF_LAMBDA = 'left-pad';

let root: string;
let staged: StagedCode;

/** A package that can be resolved from the folder and whatever is below it. */
async function install(folder: string, name: string): Promise<void> {
  await mkdir(join(root, folder, 'node_modules', name), { recursive: true });
  await writeFile(join(root, folder, 'node_modules', name, 'index.js'), '');
}

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'stage-code-')));
  await mkdir(join(root, 'app/cdk.out/asset'), { recursive: true });
  await writeFile(join(root, 'app/cdk.out/asset/index.js'), '');
  await install('app', '@aws-sdk/client-sqs');
  await install('app', NOT_OF_LAMBDA);
  await install('fallback', '@aws-sdk/client-sqs');
  await install('fallback', '@aws-sdk/client-ssm');
  await install('fallback', '@smithy/core');
  const codeDirectory = join(root, 'app/cdk.out/asset');
  staged = await stageCode([deployedFunction({ codeDirectory })], {
    run: join(root, 'run'),
    sdkFrom: [join(root, 'app/cdk.out'), join(root, 'fallback')],
  });
});

afterEach(async () => {
  await staged.remove();
  await rm(root, { recursive: true });
});

test("code finds each package of the AWS SDK, the app's own before the fallback, and nothing else that it does not bring", () => {
  const [one] = staged.functions;
  const require = createRequire(join(one?.codeDirectory ?? '', 'index.js'));

  const found = ['@aws-sdk/client-sqs', '@aws-sdk/client-ssm', '@smithy/core'].map((name) =>
    require.resolve(name),
  );

  expect(found).toEqual([
    join(root, 'app/node_modules/@aws-sdk/client-sqs/index.js'),
    join(root, 'fallback/node_modules/@aws-sdk/client-ssm/index.js'),
    join(root, 'fallback/node_modules/@smithy/core/index.js'),
  ]);
  expect(() => require.resolve(NOT_OF_LAMBDA)).toThrow("Cannot find module 'left-pad'");
});
