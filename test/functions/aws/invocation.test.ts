import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { dynamoDbClient, sqsClient } from '../../../functions/aws/clients.ts';
import { duringInvocation } from '../../../functions/aws/invocation.ts';
import { sqsSendMessage } from '../../../functions/aws/sqs-send-message.ts';
import type { Deadline } from '../../../functions/kernel/deadline.ts';

/** Reads requests and never answers. */
let silent: http.Server;
let requests = 0;

beforeEach(async () => {
  requests = 0;
  silent = http.createServer(() => {
    requests += 1;
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  jest.replaceProperty(process, 'env', {
    ...process.env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterEach(() => {
  silent.closeAllConnections();
  silent.close();
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
  expect(leftMs).toBeLessThanOrEqual(2_500);
  expect(requests).toBe(1);
});

test.each(clients)('a call to $service does not start in the time to answer', async ({ call }) => {
  await leftAfter(deadlineIn(2_400), call);

  expect(requests).toBe(0);
});
