import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  INVOICE_SORT_KEY,
  notificationSortKey,
  orderKey,
  PARTITION_KEY,
  RESERVATION_SORT_KEY,
  SORT_KEY,
} from '../../functions/kernel/table-keys.ts';
import type { ConsumerName } from '../../lib/topology/topology-types.ts';
import { withTableClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

/** Of each consumer, the orders that it has handled. */
export type HandledOrders = Readonly<Record<ConsumerName, readonly string[]>>;

/** The item that says so in a consumer's table. */
const SORT_KEYS: Readonly<Record<ConsumerName, string>> = {
  billing: INVOICE_SORT_KEY,
  inventory: RESERVATION_SORT_KEY,
  notifications: notificationSortKey('order.placed', 'email'),
};

const handledItem = z.object({ [PARTITION_KEY]: z.string(), status: z.optional(z.string()) });

/**
 * Which of these orders each consumer has handled, by its table: that can be read from everywhere, the brokers only from
 * inside their network.
 */
export async function readHandledOrders(target: Target, orderIds: readonly string[]): Promise<HandledOrders> {
  const { billing, inventory, notifications } = target.outputs.tableNames;
  return await withTableClient(target, async (client) => {
    const read = (consumer: ConsumerName, table: string): Promise<readonly string[]> =>
      handledIn(client, { table, sortKey: SORT_KEYS[consumer] }, orderIds);
    const handled = await Promise.all([
      read('billing', billing),
      read('inventory', inventory),
      read('notifications', notifications),
    ]);
    return { billing: handled[0], inventory: handled[1], notifications: handled[2] };
  });
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
