import { expect, test } from '@jest/globals';
import { deploy } from './deployed-function.ts';

const OK = 'exports.handler = async () => "ok";';

test.each([
  {
    story: 'an unknown function',
    input: { FunctionName: 'nope' },
    error: {
      name: 'ResourceNotFoundException',
      Type: 'User',
      message: 'Function not found: nope',
      $metadata: { httpStatusCode: 404 },
    },
  },
  {
    story: 'a version that was never published',
    input: { Qualifier: '7' },
    error: {
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:orders:7',
    },
  },
  {
    story: 'two qualifiers that differ',
    input: { FunctionName: 'orders:$LATEST', Qualifier: '7' },
    error: { name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } },
  },
  {
    story: 'a payload that is not JSON',
    input: { Payload: '{"card": 4111' },
    error: {
      name: 'InvalidRequestContentException',
      message: expect.stringMatching(/^Could not parse request body into json: [^4]*$/),
      $metadata: { httpStatusCode: 400 },
    },
  },
  {
    story: 'a request over 6 MB',
    input: { Payload: `"${'x'.repeat(6_291_455)}"` },
    error: {
      name: 'RequestTooLargeException',
      message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
      $metadata: { httpStatusCode: 413 },
    },
  },
  {
    story: 'an event over 1 MB',
    input: { Payload: `"${'x'.repeat(1_048_575)}"`, InvocationType: 'Event' as const },
    error: { name: 'RequestTooLargeException', $metadata: { httpStatusCode: 413 } },
  },
])('refuses $story', async ({ input, error }) => {
  const { invoke } = await deploy({ code: OK });

  const invoked = invoke({}, input);

  await expect(invoked).rejects.toMatchObject(error);
});

test('takes a request of just 6 MB', async () => {
  const { invoke } = await deploy({ code: 'exports.handler = async (text) => text.length;' });

  const { payload } = await invoke({}, { Payload: `"${'x'.repeat(6_291_454)}"` });

  expect(payload).toBe(6_291_454);
});

test('names the function whose runtime it cannot run', async () => {
  const { invoke } = await deploy({ code: OK, configuration: { runtime: 'python3.13' } });

  const invoked = invoke();

  await expect(invoked).rejects.toMatchObject({
    name: 'InvalidRuntimeException',
    message: expect.stringContaining('Function orders has the runtime python3.13'),
    $metadata: { httpStatusCode: 502 },
  });
});

test('answers a service fault when the code directory is missing', async () => {
  const { invoke } = await deploy({ code: OK, configuration: { codeDirectory: '/nowhere/at/all' } });

  const invoked = invoke();

  await expect(invoked).rejects.toMatchObject({
    name: 'ServiceException',
    message: expect.stringContaining('could be started for orders in /nowhere/at/all'),
    $metadata: { httpStatusCode: 500 },
  });
});

test('leaves the check of a payload to the function when the sender says that it is JSON', async () => {
  const { host } = await deploy({ code: 'exports.handler = async () => null;' });

  const response = await fetch(`${host.endpoint}/2015-03-31/functions/orders/invocations`, {
    method: 'POST',
    headers: { 'x-msk-local-checked-json': 'true' },
    body: '{',
  });

  expect([response.status, response.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
});

test('names the one operation it has when asked for another', async () => {
  const { host } = await deploy({ code: OK });

  const response = await fetch(`${host.endpoint}/2015-03-31/functions/`);

  expect([response.status, response.headers.get('X-Amzn-ErrorType')]).toEqual([
    404,
    'UnknownOperationException',
  ]);
});
