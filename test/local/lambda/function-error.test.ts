import { expect, test } from '@jest/globals';
import { deploy } from './deployed-function.ts';

/** Error bodies and messages as AWS's own runtime client 4.0.2 and Lambda write them, request ids and paths masked. */
function masked(payload: unknown): unknown {
  const text = JSON.stringify(payload)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replaceAll(/\/[^\s'"\\]*lambda-test-[^\s'"\\/:]+/g, '<code>');
  const { trace, ...body } = JSON.parse(text) as { trace?: string[] };
  return trace === undefined ? body : { ...body, firstOfTrace: trace[0] };
}

test.each([
  {
    story: 'a thrown error',
    code: 'exports.handler = async () => { throw new RangeError("too far"); };',
    body: { errorType: 'RangeError', errorMessage: 'too far', firstOfTrace: 'RangeError: too far' },
  },
  {
    story: 'an error thrown before the first promise',
    code: 'exports.handler = () => { throw new TypeError("at once"); };',
    body: { errorType: 'TypeError', errorMessage: 'at once', firstOfTrace: 'TypeError: at once' },
  },
  {
    story: 'a promise rejected with no error',
    code: 'exports.handler = async () => Promise.reject("text");',
    body: { errorType: 'string', errorMessage: 'text' },
  },
  {
    story: 'a response without a JSON form',
    code: 'exports.handler = async () => ({ total: 1n });',
    body: {
      errorType: 'Runtime.JSONStringifyError',
      errorMessage: 'Unable to stringify response body',
      firstOfTrace: 'Runtime.JSONStringifyError: Unable to stringify response body',
    },
  },
  {
    story: 'a response over 6 MB',
    code: 'exports.handler = async () => "x".repeat(6_291_555);',
    body: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  },
  {
    story: 'an exit with a status',
    code: 'exports.handler = async () => process.exit(3);',
    body: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: <id> Error: Runtime exited with error: exit status 3',
    },
  },
  {
    story: 'an exit with status 0',
    code: 'exports.handler = async () => process.exit();',
    body: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: <id> Error: Runtime exited without providing a reason',
    },
  },
  {
    story: 'a promise that nothing can settle any more',
    code: 'exports.handler = () => new Promise(() => {});',
    body: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: <id> Error: Runtime exited without providing a reason',
    },
  },
  {
    story: 'an error that nobody catches',
    code: 'exports.handler = async () => { setTimeout(() => { throw new Error("late"); }); await new Promise(() => {}); };',
    body: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: <id> Error: Runtime exited with error: exit status 1',
    },
  },
  {
    story: 'an error while the module loads',
    code: 'throw new Error("no table");',
    body: { errorType: 'Error', errorMessage: 'no table', firstOfTrace: 'Error: no table' },
  },
  {
    story: 'an exit while the module loads',
    code: 'process.exit(4);',
    body: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: <id> Error: Runtime exited with error: exit status 4',
    },
  },
  {
    story: 'a missing export',
    code: 'exports.other = () => {};',
    body: {
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
      firstOfTrace: 'Runtime.HandlerNotFound: index.handler is undefined or not exported',
    },
  },
  {
    story: 'an export that is no function',
    code: 'exports.handler = 1;',
    body: {
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is not a function',
      firstOfTrace: 'Runtime.HandlerNotFound: index.handler is not a function',
    },
  },
  {
    story: 'a callback handler in Node.js 24',
    code: 'exports.handler = (event, context, callback) => callback(null, 1);',
    body: {
      errorType: 'Runtime.CallbackHandlerDeprecated',
      errorMessage: expect.stringContaining('removed support for callback-based function handlers'),
      firstOfTrace: expect.stringContaining('Runtime.CallbackHandlerDeprecated: ERROR: AWS Lambda'),
    },
  },
])('reports $story as a function error', async ({ code, body }) => {
  const { invoke } = await deploy({ code });

  const invoked = await invoke();

  expect({ ...invoked, payload: masked(invoked.payload) }).toEqual({
    statusCode: 200,
    functionError: 'Unhandled',
    payload: body,
    logTail: undefined,
  });
});

test('names the missing module', async () => {
  const { invoke } = await deploy({ code: { 'other.js': '' } });

  const { payload } = await invoke();

  expect(payload).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: expect.stringMatching(/^Error: Cannot find module 'index'/),
  });
});

test('names the place of a syntax error', async () => {
  const { invoke } = await deploy({ code: 'exports.handler = async () => {' });

  const { payload } = await invoke();

  expect(payload).toMatchObject({
    errorType: 'Runtime.UserCodeSyntaxError',
    errorMessage: expect.stringMatching(/^SyntaxError: /),
    trace: expect.arrayContaining([expect.stringMatching(/index\.js:1$/)]),
  });
});

test.each([
  {
    story: 'a promise that stays pending',
    code: 'exports.handler = () => { setInterval(() => {}, 10); return new Promise(() => {}); };',
  },
  { story: 'a loop that never yields', code: 'exports.handler = () => { for (;;); };' },
])('ends $story at the timeout', async ({ code }) => {
  const { invoke, host, lines } = await deploy({ code, configuration: { timeoutSeconds: 0.25 } });

  const invoked = await invoke();

  expect({ ...invoked, payload: masked(invoked.payload) }).toEqual({
    statusCode: 200,
    functionError: 'Unhandled',
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: <id> Error: Task timed out after 0.25 seconds',
    },
    logTail: undefined,
  });
  expect(lines.at(-1)).toMatch(/^REPORT RequestId: .*\tStatus: timeout$/);
  expect(host.status()).toEqual([{ functionName: 'orders', environments: [] }]);
});

test('ends a function that needs more memory than it has', async () => {
  const { invoke } = await deploy({
    code: 'exports.handler = async () => { const all = []; for (;;) all.push(new Array(10_000).fill({})); };',
    configuration: { memorySizeMb: 16 },
  });

  const { payload } = await invoke();

  expect(payload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: (aborted|trace)/),
  });
});

test.each([64, 128, 512])('limits the heap of a function to about its %d MB', async (memorySizeMb) => {
  const { invoke } = await deploy({
    code: 'exports.handler = async () => require("node:v8").getHeapStatistics().heap_size_limit / 2 ** 20;',
    configuration: { memorySizeMb },
  });

  const { payload: limitMb } = await invoke();

  expect(Number(limitMb) / memorySizeMb).toBeGreaterThan(0.9);
  expect(Number(limitMb) / memorySizeMb).toBeLessThan(1.2);
});

test('keeps what a function wrote right before it exited', async () => {
  const { invoke } = await deploy({
    code: 'exports.handler = async () => { console.error("last words"); process.exit(1); };',
  });

  const { logTail } = await invoke({}, { LogType: 'Tail' });

  expect(logTail).toMatch(/ERROR\tlast words\nEND RequestId: /);
});
