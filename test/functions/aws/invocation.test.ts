import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { dynamoDbClient } from '../../../functions/aws/clients.ts';
import { sqsClient } from '../../../functions/aws/sqs-client.ts';
import { duringInvocation } from '../../../functions/aws/invocation.ts';
import { sqsSendMessage } from '../../../functions/aws/sqs-send-message.ts';
import type { Deadline } from '../../../functions/kernel/deadline.ts';

/** Reads requests, and answers them as the test says. */
let service: http.Server;
let answer: (response: http.ServerResponse) => void;
let requests = 0;

function keepsSilent(): void {
  // No answer is the answer.
}

/** Asks for a longer pause than is left, as a service under load does. */
function throttles(response: http.ServerResponse): void {
  response.writeHead(400, { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '5' });
  response.end(JSON.stringify({ __type: 'com.amazonaws#ThrottlingException' }));
}

beforeEach(async () => {
  requests = 0;
  answer = keepsSilent;
  service = http.createServer((_request, response) => {
    requests += 1;
    answer(response);
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  const { port } = service.address() as AddressInfo;
  jest.replaceProperty(process, 'env', {
    ...process.env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterEach(() => {
  service.closeAllConnections();
  service.close();
  jest.restoreAllMocks();
});

function deadlineIn(ms: number): Deadline {
  const endMs = Date.now() + ms;
  return { remainingMs: () => endMs - Date.now() };
}

/** Rejects with the milliseconds that were left, so that a call that succeeds fails the test. */
async function leftAfter(deadline: Deadline, call: () => Promise<unknown>): Promise<number> {
  const failed = await duringInvocation(deadline, call).then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error('The call had an answer.');
  return deadline.remainingMs();
}

const clients = [
  {
    service: 'DynamoDB',
    call: () =>
      dynamoDbClient(1).send(new PutItemCommand({ TableName: 'billing', Item: { pk: { S: 'ORDER#1' } } })),
  },
  { service: 'SQS', call: () => sqsSendMessage(sqsClient(1), 'http://sqs.example.com/queue')('body') },
];

test.each(clients)('a call to $service ends with time to answer, however silent it is', async ({ call }) => {
  const leftMs = await leftAfter(deadlineIn(3_000), call);

  expect(leftMs).toBeGreaterThan(0);
  expect(leftMs).toBeLessThan(2_600);
  expect(requests).toBe(1);
});

test.each(clients)('a call to $service does not start in the time to answer', async ({ call }) => {
  await leftAfter(deadlineIn(2_400), call);

  expect(requests).toBe(0);
});

test.each(clients)(
  'a call to $service ends with time to answer, however long it is asked to wait',
  async ({ call }) => {
    answer = throttles;

    const leftMs = await leftAfter(deadlineIn(3_000), call);

    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThan(2_600);
    expect(requests).toBe(1);
  },
);
