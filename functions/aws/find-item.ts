import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { err, type Result } from '../kernel/result.ts';
import type { ItemKey } from './read-items.ts';
import { storeFailure } from './store-failure.ts';
import type { StoredItem } from './stored-item.ts';

/** Reads one item, strongly consistent, and passes it to `read`; undefined when there is none. */
export async function findItem<T>(
  client: DynamoDBClient,
  tableName: string,
  key: ItemKey,
  read: (stored: StoredItem | undefined) => Result<T, EffectFailure>,
): Promise<Result<T, EffectFailure>> {
  const command = new GetItemCommand({ TableName: tableName, Key: marshall(key), ConsistentRead: true });
  try {
    return read((await client.send(command)).Item);
  } catch (error) {
    return err(storeFailure(error));
  }
}
