import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EffectView } from '../../console/model/trace.ts';
import { orderKey, PARTITION_KEY } from '../../functions/kernel/table-keys.ts';
import { topology } from '../../lib/topology/topology.ts';
import { withTableClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import { CONSUMER_EFFECTS, shownItem, type ShownItem } from '../consumers/consumer-effects.ts';

/** Reads what the consumers brought about for an order. */
export async function readOrderEffects(target: Target, orderId: string): Promise<readonly EffectView[]> {
  return await withTableClient(target, async (client) => {
    const found = await Promise.all(
      topology.consumers.map(async ({ name, consumerGroupId }) => {
        const items = await itemsOf(client, target.outputs.tableNames[name], orderId);
        return items
          .flatMap((item) => CONSUMER_EFFECTS[name].describe(item))
          .map((text) => ({ groupId: consumerGroupId, text }));
      }),
    );
    return found.flat();
  });
}

async function itemsOf(
  client: DynamoDBDocumentClient,
  tableName: string,
  orderId: string,
): Promise<readonly ShownItem[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': PARTITION_KEY },
      ExpressionAttributeValues: { ':pk': orderKey(orderId) },
      ConsistentRead: true,
    }),
  );
  return Items.flatMap((item) => z.safeParse(shownItem, item).data ?? []);
}
