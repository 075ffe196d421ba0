import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { enginesDirectory, projectDirectory } from '../../cli/project-folders.ts';
import { connectMskLocal, startMskLocal } from '../../local/api/index.ts';
import { buildPackage } from '../../tools/package/build-package.ts';
import { inOtherGroups } from './process-table.ts';
import { REGION } from './support/foreign-app.ts';

jest.setTimeout(120_000);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'test-suite-'));
  await cp(join(projectDirectory, 'test/foreign-app'), folder, { recursive: true });
  // Where the CDK begins to look for packages.
  await cp(join(projectDirectory, 'package-lock.json'), join(folder, 'package-lock.json'));
  await symlink(join(projectDirectory, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rm(folder, { recursive: true, maxRetries: 5 }));

/** The test file in local/README.md. */
async function documentedTest(): Promise<string> {
  const document = await readFile(join(projectDirectory, 'local/README.md'), 'utf8');
  const [, code = ''] = /^```js\n(import assert [\s\S]*?)^```$/m.exec(document) ?? [];
  return code;
}

test('the test suite of the documentation passes with the compiled package, beside an environment of another suite', async () => {
  buildPackage();
  await writeFile(join(folder, 'clicks.test.mjs'), await documentedTest());
  await using other = await startMskLocal({ app: '.', directory: folder, region: REGION, enginesDirectory });

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--test', '--test-reporter', 'tap', 'clicks.test.mjs'],
    { cwd: folder, env: suiteVariables() },
  );

  const connected = await connectMskLocal(other.connection);
  await connected.produce('page-clicks', ['click-1']);
  await connected.waitForLagZero('click-counter');
  const ends = (await connected.logs('CountClicks')).filter((line) => line.startsWith('END '));
  await other.stop();

  expect(stdout).toMatch(/^# pass 2$[\s\S]*^# fail 0$/m);
  expect(ends).toHaveLength(1);
  expect(await inOtherGroups(process.pid)).toEqual([]);
});

/** Of a suite that a person runs in a terminal, and not a runner in a runner. */
function suiteVariables(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...variables } = process.env;
  return { ...variables, MSK_LOCAL_ENGINES: enginesDirectory, PATH: pathWithNode() };
}

const pathWithNode = (): string =>
  [join(projectDirectory, 'node_modules/.bin'), process.env['PATH']].join(':');

test('a start whose port is taken rejects with the reason, and leaves no process', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const brokerPort = typeof address === 'object' && address !== null ? address.port : 0;

  const starting = startMskLocal({ app: '.', directory: folder, enginesDirectory, brokerPort });

  await expect(starting).rejects.toThrow(
    `port ${brokerPort} for the Kafka broker cannot be used on 127.0.0.1: end what listens there or choose another port`,
  );
  expect(await inOtherGroups(process.pid)).toEqual([]);
  server.close();
  await once(server, 'close');
});

test('a start without Java rejects with what to install, and leaves no process', async () => {
  const home = process.env['JAVA_HOME'];
  process.env['JAVA_HOME'] = join(folder, 'no-java');

  const failure = await startMskLocal({ app: '.', directory: folder, enginesDirectory }).catch(String);
  if (home === undefined) delete process.env['JAVA_HOME'];
  else process.env['JAVA_HOME'] = home;

  expect(failure).toMatch(/Java 17 or later is missing \(not found\)/);
  expect(await inOtherGroups(process.pid)).toEqual([]);
});
