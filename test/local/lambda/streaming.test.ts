import { describe, expect, test } from '@jest/globals';
import { deploy } from './deployed-function.ts';

describe('a streaming handler', () => {
  test('answers an invocation with all that it wrote', async () => {
    const { invoke } = await deploy({
      code: `exports.handler = awslambda.streamifyResponse(async ({ failed }, stream, context) => {
        stream.write('{"batchItemFailures":[');
        stream.write(JSON.stringify({ itemIdentifier: failed, time: context.getRemainingTimeInMillis() > 0 }));
        stream.end(']}');
      });`,
    });

    const { payload, functionError } = await invoke({ failed: 'orders-0' });

    expect({ payload, functionError }).toEqual({
      payload: { batchItemFailures: [{ itemIdentifier: 'orders-0', time: true }] },
      functionError: undefined,
    });
  });

  test('fails its invocation with the thrown error', async () => {
    const { invoke } = await deploy({
      code: "exports.handler = awslambda.streamifyResponse(async () => { throw new TypeError('no stock'); });",
    });

    const { payload } = await invoke();

    expect(payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'no stock' });
  });

  test('must be asynchronous', async () => {
    const { invoke } = await deploy({
      code: 'exports.handler = awslambda.streamifyResponse((event, stream) => { stream.end(); });',
    });

    const { payload } = await invoke();

    expect(payload).toMatchObject({ errorMessage: 'Streaming does not support non-async handlers.' });
  });
});
