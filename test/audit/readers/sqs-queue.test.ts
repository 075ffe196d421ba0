import type { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { peekQueue } from '../../../audit/readers/sqs-queue.ts';

const QUEUE_URL = 'https://sqs.example/000000000000/dlq';

/** A queue that gives these answers, one after the other, and nothing after them. */
function aQueue(answers: readonly (readonly string[])[]) {
  const asked: unknown[] = [];
  const rest = [...answers];
  const client = {
    send: ({ input }: ReceiveMessageCommand) => {
      asked.push(input);
      const bodies = rest.shift() ?? [];
      return Promise.resolve({ Messages: bodies.map((Body) => ({ MessageId: `id of ${Body}`, Body })) });
    },
  } as unknown as SQSClient;
  return { client, asked };
}

async function bodiesIn(client: SQSClient): Promise<readonly string[]> {
  const bodies: string[] = [];
  for await (const body of peekQueue(client, QUEUE_URL)) bodies.push(body);
  return bodies;
}

test('each message is seen once, although empty answers and repetitions come between', async () => {
  const { client } = aQueue([['a', 'b'], [], ['b', 'c'], [], ['a']]);

  const bodies = await bodiesIn(client);

  expect(bodies).toEqual(['a', 'b', 'c']);
});

test('a look hides a message from others for 30 s at most, and deletes none', async () => {
  const { client, asked } = aQueue([]);

  await bodiesIn(client);

  expect(new Set(asked.map((input) => JSON.stringify(input)))).toEqual(
    new Set([JSON.stringify({ QueueUrl: QUEUE_URL, MaxNumberOfMessages: 10, VisibilityTimeout: 30 })]),
  );
});
