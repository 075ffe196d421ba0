import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { groupsOf } from '../../functions/kernel/groups-of.ts';
import { orderKey, PARTITION_KEY, SORT_KEY } from '../../functions/kernel/table-keys.ts';
import { byConsumerAsync, type ByConsumer } from '../../lib/topology/by-consumer.ts';
import { withTableClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import { CONSUMER_EFFECTS } from './consumer-effects.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS_OF_A_REQUEST = 100;

/** Of each consumer, the orders that it has handled. */
export type HandledOrders = ByConsumer<readonly string[]>;

const handledItem = z.object({ [PARTITION_KEY]: z.string(), status: z.optional(z.string()) });

/**
 * Reads which of these orders each consumer has handled, from its table: tables can be read from everywhere, brokers only
 * from inside their network.
 */
export async function readHandledOrders(target: Target, orderIds: readonly string[]): Promise<HandledOrders> {
  return await withTableClient(target, (client) =>
    byConsumerAsync(async ({ name }) => {
      const table = target.outputs.tableNames[name];
      const sortKey = CONSUMER_EFFECTS[name].handledSortKey;
      const handled = await Promise.all(
        groupsOf(MAX_KEYS_OF_A_REQUEST, orderIds).map((ids) => handledIn(client, { table, sortKey }, ids)),
      );
      return handled.flat();
    }),
  );
}

async function handledIn(
  client: DynamoDBDocumentClient,
  { table, sortKey }: { readonly table: string; readonly sortKey: string },
  orderIds: readonly string[],
): Promise<readonly string[]> {
  const { Responses } = await client.send(
    new BatchGetCommand({
      RequestItems: {
        [table]: {
          ConsistentRead: true,
          Keys: orderIds.map((id) => ({ [PARTITION_KEY]: orderKey(id), [SORT_KEY]: sortKey })),
        },
      },
    }),
  );
  const items = (Responses?.[table] ?? []).map((item) => z.parse(handledItem, item));
  // A message that is being sent has an item, too.
  const done = new Set(items.filter(({ status }) => status !== 'SENDING').map((item) => item[PARTITION_KEY]));
  return orderIds.filter((id) => done.has(orderKey(id)));
}
