import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { readStock, writeStock } from '../../../cli/commands/stock-table.ts';

interface Request {
  readonly body: Uint8Array;
}

/** A client in front of a table that gives these answers, one after the other, as DynamoDB writes them. */
function aTable(answers: readonly unknown[]) {
  const requests: unknown[] = [];
  const requestHandler = {
    handle: ({ body }: Request) => {
      const answer = answers[requests.length];
      requests.push(JSON.parse(new TextDecoder().decode(body)));
      return Promise.resolve({
        response: {
          statusCode: 200,
          headers: {},
          body: Readable.from([Buffer.from(JSON.stringify(answer))]),
        },
      });
    },
  };
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler,
  });
  return { client: DynamoDBDocumentClient.from(client), requests };
}

function stockItem(sku: string, available: number, reserved: number) {
  return {
    pk: { S: `SKU#${sku}` },
    sk: { S: 'STOCK' },
    available: { N: String(available) },
    reserved: { N: String(reserved) },
  };
}

describe('the stock table', () => {
  test('gets a new number of available pieces, and keeps the reserved ones', async () => {
    const { client, requests } = aTable([{ Attributes: stockItem('TEA', 5, 2) }]);

    const level = await writeStock(client, 'inventory', { sku: 'TEA', available: 5 });

    expect(level).toEqual({ sku: 'TEA', available: 5, reserved: 2 });
    expect(requests).toEqual([
      {
        TableName: 'inventory',
        Key: { pk: { S: 'SKU#TEA' }, sk: { S: 'STOCK' } },
        UpdateExpression: 'SET available = :available, reserved = if_not_exists(reserved, :none)',
        ExpressionAttributeValues: { ':available': { N: '5' }, ':none': { N: '0' } },
        ReturnValues: 'ALL_NEW',
      },
    ]);
  });

  test('is read whole, over all of its pages, in alphabetical order', async () => {
    const { client, requests } = aTable([
      { Items: [stockItem('TEA', 5, 2)], LastEvaluatedKey: { pk: { S: 'SKU#TEA' }, sk: { S: 'STOCK' } } },
      { Items: [stockItem('MUG', 1, 0)] },
    ]);

    const levels = await readStock(client, 'inventory');

    expect(levels).toEqual([
      { sku: 'MUG', available: 1, reserved: 0 },
      { sku: 'TEA', available: 5, reserved: 2 },
    ]);
    expect(requests).toMatchObject([
      { TableName: 'inventory', ConsistentRead: true },
      { ExclusiveStartKey: { pk: { S: 'SKU#TEA' }, sk: { S: 'STOCK' } } },
    ]);
  });
});
