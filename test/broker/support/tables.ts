import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { writeStock } from '../../../cli/commands/stock-table.ts';
import { awsClientSettings } from '../../../local/deployment/endpoint/aws-client-settings.ts';
import { PARTITION_KEY, SORT_KEY } from '../../../functions/kernel/table-keys.ts';
import { engineAddresses } from './engine-addresses.ts';
import { REGION } from './queues.ts';

type Item = Readonly<Record<string, unknown>>;

/** A consumer's table in the AWS emulator. */
export interface TestTable {
  readonly name: string;
  /** Every item, in the order of their keys. */
  items(): Promise<readonly Item[]>;
  setStock(sku: string, available: number): Promise<void>;
}

/** Makes a table with the keys of a consumer's. @param onTestEnd - is told how to close what was opened. */
export async function createTable(onTestEnd: (cleanUp: () => unknown) => void): Promise<TestTable> {
  const client = new DynamoDBClient(awsClientSettings(engineAddresses().aws, REGION));
  onTestEnd(() => {
    client.destroy();
  });
  const documents = DynamoDBDocumentClient.from(client);
  const name = `table-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: PARTITION_KEY, AttributeType: 'S' },
        { AttributeName: SORT_KEY, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: SORT_KEY, KeyType: 'RANGE' },
      ],
    }),
  );
  return {
    name,
    items: async () => {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
      return Items.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));
    },
    setStock: async (sku, available) => {
      await writeStock(documents, name, { sku, available });
    },
  };
}

function keyOf(item: Item): string {
  return `${String(item[PARTITION_KEY])} ${String(item[SORT_KEY])}`;
}
