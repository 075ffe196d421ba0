import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { deploy, processState, temporaryDirectory, until } from './deployed-function.ts';
import type { Deployed } from './deployed-function.ts';

const PID = 'exports.handler = async () => process.pid;';

/** Runs until the file `go` is in its directory. */
const WAITS_FOR_GO = `
  const fs = require('node:fs');
  exports.handler = async () => {
    while (!fs.existsSync(__dirname + '/go')) await new Promise((resolve) => setTimeout(resolve, 5));
    return process.pid;
  };`;

function environmentsOf({ host }: Deployed) {
  return host.status().flatMap(({ environments }) => environments);
}

test('keeps the environment for the next invocation', async () => {
  const deployed = await deploy({ code: 'let count = 0; exports.handler = async () => ++count;' });
  const { invoke } = deployed;

  const counts = [await invoke(), await invoke(), await invoke()].map(({ payload }) => payload);

  expect(counts).toEqual([1, 2, 3]);
  expect(environmentsOf(deployed)).toEqual([{ pid: expect.any(Number), state: 'frozen', invocations: 3 }]);
});

test('stops the process between invocations', async () => {
  const { invoke } = await deploy({
    code: 'setInterval(() => {}, 1); exports.handler = async () => process.pid;',
  });
  const { payload: pid } = await invoke();

  await until(() => processState(Number(pid)) === 'T');

  const { payload: again } = await invoke();
  expect(again).toBe(pid);
});

test('gives each of ten invocations at a time an environment of its own', async () => {
  const directory = temporaryDirectory();
  const { invoke } = await deploy({
    code: `
      const fs = require('node:fs');
      exports.handler = async ({ directory }) => {
        fs.writeFileSync(directory + '/' + process.pid, '');
        while (fs.readdirSync(directory).length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
        return process.pid;
      };`,
    configuration: { timeoutSeconds: 60 },
  });

  const invoked = await Promise.all(Array.from({ length: 10 }, async () => invoke({ directory })));

  expect(new Set(invoked.map(({ payload }) => payload)).size).toBe(10);
});

test('calls the environments that are idle in turn, so that none is forgotten while the function is called', async () => {
  const directory = temporaryDirectory();
  const { invoke } = await deploy({
    code: `
      const fs = require('node:fs');
      exports.handler = async ({ directory }) => {
        fs.writeFileSync(directory + '/' + process.pid, '');
        while (fs.readdirSync(directory).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
        return process.pid;
      };`,
    configuration: { timeoutSeconds: 60 },
  });
  const all = await Promise.all(Array.from({ length: 3 }, async () => invoke({ directory })));

  const next: unknown[] = [];
  for (let call = 1; call <= 6; call += 1) next.push((await invoke({ directory })).payload);

  const pids = all.map(({ payload }) => payload);
  expect(new Set(next.slice(0, 3))).toEqual(new Set(pids));
  expect(next.slice(3)).toEqual(next.slice(0, 3));
});

test.each([
  {
    story: 'reserved concurrency',
    deployment: { configuration: { reservedConcurrency: 1 } },
    reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  },
  {
    story: "the account's concurrency",
    deployment: { host: { accountConcurrency: 1 } },
    reason: 'ConcurrentInvocationLimitExceeded',
  },
])('throttles what is beyond $story', async ({ deployment, reason }) => {
  const deployed = await deploy({ code: WAITS_FOR_GO, ...deployment });
  const first = deployed.invoke();
  await until(() => environmentsOf(deployed).length === 1);

  const second = deployed.invoke();

  await expect(second).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: reason,
    Type: 'User',
    message: 'Rate Exceeded.',
    $metadata: { httpStatusCode: 429 },
  });
  writeFileSync(join(deployed.directory, 'go'), '');
  const { functionError } = await first;
  const { functionError: afterwards } = await deployed.invoke();
  expect([functionError, afterwards]).toEqual([undefined, undefined]);
});

test.each([
  { story: 'a crash', event: { crash: true }, timeoutSeconds: 10 },
  { story: 'a timeout', event: { hang: true }, timeoutSeconds: 0.5 },
])('starts again after $story', async ({ event, timeoutSeconds }) => {
  const { invoke, lines } = await deploy({
    code: `exports.handler = async ({ crash, hang }) => {
      if (crash) process.kill(process.pid, 'SIGKILL');
      if (hang || crash) await new Promise(() => {});
      return 'fine';
    };`,
    configuration: { timeoutSeconds },
  });
  await invoke();
  const { functionError } = await invoke(event);

  const { payload } = await invoke();

  expect([functionError, payload]).toEqual(['Unhandled', 'fine']);
  expect(lines.filter((line) => line.startsWith('INIT_START'))).toHaveLength(2);
});

test('starts again after a frozen process was killed from outside', async () => {
  const deployed = await deploy({ code: PID });
  const { payload: pid } = await deployed.invoke();
  process.kill(Number(pid), 'SIGKILL');
  await until(() => environmentsOf(deployed).length === 0);

  const { functionError, payload } = await deployed.invoke();

  expect([functionError, payload === pid]).toEqual([undefined, false]);
});

test('initializes once more, inside the invocation, when the first attempt failed', async () => {
  const { invoke, lines } = await deploy({
    code: `
      const fs = require('node:fs');
      if (!fs.existsSync(__dirname + '/tried')) { fs.writeFileSync(__dirname + '/tried', ''); process.exit(7); }
      exports.handler = async () => 'second try';`,
  });

  const { payload } = await invoke();

  expect(payload).toBe('second try');
  expect(lines.map((line) => line.split(/[: ]/)[0])).toEqual([
    'INIT_START',
    'INIT_REPORT',
    'START',
    'INIT_START',
    'END',
    'REPORT',
  ]);
});

test('keeps the environment of a function that only threw', async () => {
  const { invoke } = await deploy({
    code: 'exports.handler = async ({ fail }) => { if (fail) throw new Error("x"); return process.pid; };',
  });
  const { payload: before } = await invoke();
  await invoke({ fail: true });

  const { payload: after } = await invoke();

  expect(after).toBe(before);
});

test('ends an environment that had nothing to do for long', async () => {
  const deployed = await deploy({ code: PID, host: { idleTimeoutMs: 20 } });

  const { payload: pid } = await deployed.invoke();

  await until(() => environmentsOf(deployed).length === 0);
  expect(processState(Number(pid))).toBeUndefined();
});

test('runs a new deployment in new environments', async () => {
  const deployed = await deploy({ code: 'exports.handler = async () => process.env.VERSION;' });
  const { invoke, redeploy } = deployed;
  redeploy({ environment: { VERSION: '1' } });
  const first = await invoke();
  redeploy({ environment: { VERSION: '2' } });

  const second = await invoke();

  expect([first.payload, second.payload]).toEqual(['1', '2']);
  await until(() => environmentsOf(deployed).length === 1);
});

test('leaves no process behind when it closes, whether frozen or in the middle of an invocation', async () => {
  const deployed = await deploy({ code: WAITS_FOR_GO, configuration: { timeoutSeconds: 60 } });
  const calls = [deployed.invoke(), deployed.invoke()];
  await until(() => environmentsOf(deployed).filter(({ state }) => state === 'invoking').length === 2);
  writeFileSync(join(deployed.directory, 'go'), '');
  await Promise.all(calls);
  const other = await deploy({ code: WAITS_FOR_GO, configuration: { timeoutSeconds: 60 } });
  const lost = other.invoke().catch((error: unknown) => error);
  await until(() => environmentsOf(other).some(({ state }) => state === 'invoking'));
  const processIds = [...environmentsOf(deployed), ...environmentsOf(other)].map(({ pid }) => pid);

  await Promise.all([deployed.host.close(), other.host.close()]);

  expect(processIds).toHaveLength(3);
  expect(processIds.map(processState)).toEqual([undefined, undefined, undefined]);
  expect(await lost).toBeInstanceOf(Error);
});
