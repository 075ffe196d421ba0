import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { MSKEvent } from 'aws-lambda';

const client = new DynamoDBClient();

/** Keeps each click, with the source of the event it came in. */
export async function handler(event: MSKEvent): Promise<void> {
  for (const { value } of Object.values(event.records).flat()) {
    const Item = { id: { S: Buffer.from(value, 'base64').toString() }, source: { S: event.eventSource } };
    await client.send(new PutItemCommand({ TableName: process.env['TABLE'], Item }));
  }
}
