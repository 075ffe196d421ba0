import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { dynamoAttemptMemory } from '../../../functions/aws/dynamo-attempt-memory.ts';
import { stubClient } from './stub-client.ts';

const RECORD = { topic: 'order-events', partition: 2, offset: 41 };
const KEY = { pk: { S: 'RECORD#order-events#2#41' }, sk: { S: 'ATTEMPTS' } };

function aMemory(...answers: readonly unknown[]) {
  const { client, sent } = stubClient<DynamoDBClient>(...answers);
  return {
    sent,
    memory: dynamoAttemptMemory({ client: () => client, tableName: 'billing', expiry: () => 1_800_000_000 }),
  };
}

test('an attempt joins a set of names, so that a write that is repeated counts once', async () => {
  const { memory, sent } = aMemory({ Attributes: { attempts: { SS: ['a', 'b'] } } });

  const noted = await memory.begin(RECORD, 'b');

  expect(noted).toBe(2);
  expect(sent).toEqual([
    [
      'UpdateItemCommand',
      {
        TableName: 'billing',
        Key: KEY,
        UpdateExpression: 'ADD attempts :attempt SET expiresAt = :expiresAt',
        ExpressionAttributeValues: { ':attempt': { SS: ['b'] }, ':expiresAt': { N: '1800000000' } },
        ReturnValues: 'UPDATED_NEW',
      },
    ],
  ]);
});

test('an attempt that ended leaves the set', async () => {
  const { memory, sent } = aMemory();

  await memory.end(RECORD, 'b');

  expect(sent).toMatchObject([
    [
      'UpdateItemCommand',
      {
        Key: KEY,
        UpdateExpression: 'DELETE attempts :attempt',
        ExpressionAttributeValues: { ':attempt': { SS: ['b'] } },
      },
    ],
  ]);
});

test('a record is forgotten with all of its attempts', async () => {
  const { memory, sent } = aMemory();

  await memory.forget(RECORD);

  expect(sent).toMatchObject([['UpdateItemCommand', { Key: KEY, UpdateExpression: 'REMOVE attempts' }]]);
});
