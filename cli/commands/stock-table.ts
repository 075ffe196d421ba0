import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { PARTITION_KEY, SORT_KEY, STOCK_SORT_KEY, skuKey } from '../../functions/kernel/table-keys.ts';
import { scanItems } from '../demo/scan-items.ts';

/** The pieces of one product. */
export interface StockLevel {
  readonly sku: string;
  /** Can still be ordered. */
  readonly available: number;
  /** Promised to orders, and no longer available. */
  readonly reserved: number;
}

const stockItem = z.object({ [PARTITION_KEY]: z.string(), available: z.int(), reserved: z.int() });

/** Sets what is available of a sku, and leaves alone what is reserved. @returns the level after it. */
export async function writeStock(
  client: DynamoDBDocumentClient,
  tableName: string,
  { sku, available }: Pick<StockLevel, 'sku' | 'available'>,
): Promise<StockLevel> {
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { [PARTITION_KEY]: skuKey(sku), [SORT_KEY]: STOCK_SORT_KEY },
      UpdateExpression: 'SET available = :available, reserved = if_not_exists(reserved, :none)',
      ExpressionAttributeValues: { ':available': available, ':none': 0 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return toStockLevel(Attributes);
}

/** Every sku of the table, in alphabetical order. */
export async function readStock(
  client: DynamoDBDocumentClient,
  tableName: string,
): Promise<readonly StockLevel[]> {
  const items = await scanItems(client, tableName, STOCK_SORT_KEY);
  return items.map(toStockLevel).toSorted((a, b) => a.sku.localeCompare(b.sku, 'en'));
}

function toStockLevel(item: unknown): StockLevel {
  const { [PARTITION_KEY]: key, available, reserved } = z.parse(stockItem, item);
  return { sku: key.slice(skuKey('').length), available, reserved };
}
