import { expect, test } from '@jest/globals';
import { deploy, until } from './deployed-function.ts';

const ECHO = 'exports.handler = async (event) => ({ received: event });';

test('hands the event to the handler and its result back', async () => {
  const { invoke } = await deploy({ code: ECHO });

  const invoked = await invoke({ order: 'ä1' });

  expect(invoked).toEqual({
    statusCode: 200,
    functionError: undefined,
    payload: { received: { order: 'ä1' } },
    logTail: undefined,
  });
});

test.each([
  {
    story: 'an ES module',
    code: { 'index.mjs': 'export const handler = async () => "esm";' },
    result: 'esm',
  },
  {
    story: 'a package of ES modules',
    code: { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async () => "esm";' },
    result: 'esm',
  },
  { story: 'a CommonJS module', code: { 'index.cjs': 'exports.handler = () => "cjs";' }, result: 'cjs' },
  { story: 'a handler without a result', code: { 'index.js': 'exports.handler = () => {};' }, result: null },
])('runs $story', async ({ code, result }) => {
  const { invoke } = await deploy({ code });

  const { payload } = await invoke();

  expect(payload).toBe(result);
});

test.each([
  'orders:$LATEST',
  '000000000000:function:orders',
  'arn:aws:lambda:eu-west-1:000000000000:function:orders',
])('finds the function by %s', async (reference) => {
  const { invoke } = await deploy({ code: ECHO });

  const { statusCode } = await invoke({}, { FunctionName: reference });

  expect(statusCode).toBe(200);
});

test('describes the invocation in the context', async () => {
  const { invoke } = await deploy({
    code: `exports.handler = async (event, context) => ({
      ...context, awsRequestId: context.awsRequestId.length, logStreamName: typeof context.logStreamName,
      xRayTraceId: context.xRayTraceId === process.env._X_AMZN_TRACE_ID,
      remaining: context.getRemainingTimeInMillis() });`,
  });
  const clientContext = Buffer.from('{"custom":{"a":"ä€"}}').toString('base64');

  const { payload } = await invoke({}, { ClientContext: clientContext });

  const { remaining, ...context } = payload as { remaining: number };
  expect(context).toEqual({
    awsRequestId: 36,
    clientContext: { custom: { a: 'ä€' } },
    functionName: 'orders',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:orders',
    logGroupName: '/aws/lambda/orders',
    logStreamName: 'string',
    memoryLimitInMB: '128',
    xRayTraceId: true,
  });
  expect(remaining).toBeLessThanOrEqual(10_000);
  expect(remaining).toBeGreaterThan(5_000);
});

test('gives the function its own variables and none of this process', async () => {
  const { invoke } = await deploy({
    code: 'exports.handler = async () => Object.keys(process.env).sort();',
    configuration: { environment: { TABLE: 'invoices' } },
    host: { machineVariables: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' } },
  });

  const { payload } = await invoke();

  expect(payload).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_DEFAULT_REGION',
    'AWS_ENDPOINT_URL',
    'AWS_EXECUTION_ENV',
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_LAMBDA_FUNCTION_VERSION',
    'AWS_LAMBDA_INITIALIZATION_TYPE',
    'AWS_LAMBDA_LOG_GROUP_NAME',
    'AWS_LAMBDA_LOG_STREAM_NAME',
    'AWS_LAMBDA_RUNTIME_API',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_XRAY_CONTEXT_MISSING',
    'LAMBDA_RUNTIME_DIR',
    'LAMBDA_TASK_ROOT',
    'LANG',
    'NODE_PATH',
    'PATH',
    'TABLE',
    'TZ',
    '_HANDLER',
    '_X_AMZN_TRACE_ID',
  ]);
});

test('returns the log of the invocation when asked, complete and in order', async () => {
  const { invoke, lines } = await deploy({
    code: 'exports.handler = async () => { console.log("one\\ntwo"); process.stdout.write("three"); };',
  });
  await invoke();

  const { logTail } = await invoke({}, { LogType: 'Tail' });

  const masked = logTail
    ?.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[0-9:.]+Z/g, '<time>')
    .replaceAll(/[\d.]+ (ms|MB)/g, '<n> $1')
    .split('\n');
  expect(masked).toEqual([
    'START RequestId: <id> Version: $LATEST',
    '<time>\t<id>\tINFO\tone\rtwo',
    'three',
    'END RequestId: <id>',
    'REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: <n> MB\tMax Memory Used: <n> MB',
    '',
  ]);
  expect(lines).toEqual(expect.arrayContaining(logTail?.split('\n').slice(0, -1) ?? []));
});

test('counts a burst of output to the invocation that wrote it', async () => {
  const { invoke } = await deploy({
    code: 'exports.handler = async () => { for (let i = 1; i <= 5000; i += 1) process.stdout.write(`line ${i}\\n`); };',
  });

  const { logTail } = await invoke({}, { LogType: 'Tail' });

  expect(logTail).toContain('\nline 4999\nline 5000\nEND RequestId: ');
});

test('queues an event and answers at once', async () => {
  const { invoke, lines } = await deploy({ code: 'exports.handler = async (e) => console.log(e.mark);' });

  const invoked = await invoke({ mark: 'ran later' }, { InvocationType: 'Event' });

  expect(invoked).toEqual({
    statusCode: 202,
    functionError: undefined,
    payload: undefined,
    logTail: undefined,
  });
  await until(() => lines.some((line) => line.endsWith('ran later')));
});

test('runs nothing for a dry run', async () => {
  const { invoke, host } = await deploy({ code: ECHO });

  const { statusCode } = await invoke({}, { InvocationType: 'DryRun' });

  expect([statusCode, host.status()]).toEqual([204, []]);
});

test('passes the result of a callback up to Node.js 22', async () => {
  const { invoke } = await deploy({
    code: 'exports.handler = (event, context, callback) => { callback(null, "called"); };',
    configuration: { runtime: 'nodejs22.x' },
  });

  const { payload } = await invoke();

  expect(payload).toBe('called');
});
