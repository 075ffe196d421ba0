import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { CATALOGUE } from '../../cli/orders/catalogue.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { skuKey, STOCK_SORT_KEY } from '../../functions/kernel/table-keys.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import { makeRunDirectories } from '../../local/environment/plan/run-directories.ts';
import { startAwsEmulator } from '../../local/environment/start/start-engines.ts';
import type { Stock, Store } from './store.ts';

const ENDLESS = 1_000_000_000;

/** MiniStack with one table, which has the keys of the consumers' tables. */
export async function startMiniStackStore(tableName: string): Promise<Store> {
  const directory = await mkdtemp(join(tmpdir(), 'order-events-bench-'));
  const directories = await makeRunDirectories(directory, enginesDirectory);
  const engine = await startAwsEmulator(await choosePort(0), '127.0.0.1:9', directories, () => undefined);
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return {
    endpoint: engine.endpoint,
    setStock: (stock) => putStock(client, tableName, stock),
    takeCounts: () => Promise.resolve(undefined),
    stop: async () => {
      client.destroy();
      await engine.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

async function putStock(client: DynamoDBClient, TableName: string, stock: Stock): Promise<void> {
  for (const { sku } of CATALOGUE) {
    const available = stock[sku] ?? ENDLESS;
    const Item = marshall({ pk: skuKey(sku), sk: STOCK_SORT_KEY, available, reserved: 0 });
    await client.send(new PutItemCommand({ TableName, Item }));
  }
}
