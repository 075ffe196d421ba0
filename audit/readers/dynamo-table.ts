import { paginateScan, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../ports.ts';

/** Reads every item of a table, strongly consistent, a page at a time. */
export async function* readTable(client: DynamoDBClient, tableName: string): AsyncGenerator<Item> {
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName: tableName, ConsistentRead: true },
  )) {
    for (const item of Items) yield plainItem(item);
  }
}

function plainItem(item: Record<string, AttributeValue>): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

/** Converts a value of the types in the tables; other types are ignored. */
function plainValue({ S, N, L, M }: AttributeValue): unknown {
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (L !== undefined) return L.map(plainValue);
  return M === undefined ? undefined : plainItem(M);
}
