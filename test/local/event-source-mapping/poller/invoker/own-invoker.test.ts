import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { ownInvoker } from '../../../../../local/event-source-mapping/poller/invoker/own-invoker.ts';
import { listenOnLoopback } from '../../../../../local/lambda/listen-on-loopback.ts';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An Invoke API that gives one answer, and an invoker for the function `orders` there. */
async function invokerOf(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    answer(request, response);
  });
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const port = await listenOnLoopback(server, 0);
  return ownInvoker({ functionName: 'orders', lambdaEndpoint: `http://127.0.0.1:${port}` });
}

function answerWith(status: number, headers: Readonly<Record<string, string>>, body: string) {
  return invokerOf((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, headers).end(body));
  });
}

test('sends the event as it is, to the function, and says that it is JSON', async () => {
  const seen: unknown[] = [];
  const invoke = await invokerOf((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ method, url, body, checked: headers['x-msk-local-checked-json'] });
      response.end('null');
    });
  });

  await invoke('{"order":"ä€"}');

  expect(seen).toEqual([
    {
      method: 'POST',
      url: '/2015-03-31/functions/orders/invocations',
      body: '{"order":"ä€"}',
      checked: 'true',
    },
  ]);
});

test('gives the response of the function, with the facts of the call', async () => {
  const invoke = await answerWith(
    200,
    { 'X-Amzn-RequestId': 'r-1', 'X-Amz-Executed-Version': '$LATEST' },
    '{"batchItemFailures":[]}',
  );

  const result = await invoke('{}');

  expect(result).toEqual({
    kind: 'returned',
    call: { requestId: 'r-1', statusCode: 200, executedVersion: '$LATEST' },
    payload: '{"batchItemFailures":[]}',
  });
});

test('gives a function error by its type, without the message, which may quote a record', async () => {
  const invoke = await answerWith(
    200,
    { 'X-Amzn-RequestId': 'r-1', 'X-Amz-Executed-Version': '$LATEST', 'X-Amz-Function-Error': 'Unhandled' },
    '{"errorType":"TypeError","errorMessage":"no card 4111"}',
  );

  const result = await invoke('{}');

  expect(result).toEqual({
    kind: 'functionError',
    call: { requestId: 'r-1', statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    message: 'TypeError',
  });
});

test.each([
  {
    story: 'a throttled function',
    status: 429,
    type: 'TooManyRequestsException',
    body: '{"message":"Rate Exceeded."}',
    result: { kind: 'throttled', message: 'Rate Exceeded.' },
  },
  {
    story: 'a function that does not exist, which is a problem of the mapping,',
    status: 404,
    type: 'ResourceNotFoundException',
    body: '{"Message":"Function not found: orders"}',
    result: {
      kind: 'unreachable',
      message: 'Function not found: orders',
      problem: 'FUNCTION_CONFIG_NOT_VALID',
    },
  },
  {
    story: 'a fault of the service',
    status: 500,
    type: 'ServiceException',
    body: 'out of order',
    result: { kind: 'unreachable', message: 'ServiceException' },
  },
])('tells $story from a call', async ({ status, type, body, result }) => {
  const invoke = await answerWith(status, { 'X-Amzn-ErrorType': type }, body);

  const answered = await invoke('{}');

  expect(answered).toEqual(result);
});

test('tells a connection that ends before the answer from a call', async () => {
  const invoke = await invokerOf((request) => request.socket.destroy());

  const result = await invoke('{}');

  expect(result).toEqual({ kind: 'unreachable', message: 'other side closed' });
});

test('tells an answer that ends in the middle from a call', async () => {
  const invoke = await invokerOf((_request, response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('{"batchItem', () => response.destroy());
  });

  const result = await invoke('{}');

  expect(result).toEqual({ kind: 'unreachable', message: 'other side closed' });
});

test('keeps its connections from call to call', async () => {
  const ports = new Set<number | undefined>();
  const invoke = await invokerOf((request, response) => {
    ports.add(request.socket.remotePort);
    request.resume();
    request.on('end', () => response.end('null'));
  });

  for (let call = 1; call <= 20; call += 1) await invoke('{}');

  // A call may begin before the connection of the last one is free again.
  expect(ports.size).toBeLessThanOrEqual(2);
});
