import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SORT_KEY } from '../../functions/kernel/table-keys.ts';

/** Every item with a sort key, strongly consistent. Reads the whole table, so it is for small ones. */
export async function scanItems(
  client: DynamoDBDocumentClient,
  tableName: string,
  sortKey: string,
): Promise<readonly unknown[]> {
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: '#sortKey = :sortKey',
      ExpressionAttributeNames: { '#sortKey': SORT_KEY },
      ExpressionAttributeValues: { ':sortKey': sortKey },
      ConsistentRead: true,
    },
  );
  const items: unknown[] = [];
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
}
