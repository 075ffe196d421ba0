import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { EffectView } from '../../console/model/trace.ts';
import { orderKey, PARTITION_KEY } from '../../functions/kernel/table-keys.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { ConsumerName } from '../../lib/topology/topology-types.ts';
import { withTableClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

/** All that the page may show of an item: nothing of it tells who the customer is. */
const shownItem = z.object({
  sk: z.string(),
  status: z.string().optional(),
  invoiceId: z.string().optional(),
  creditNoteId: z.string().optional(),
  totalMinor: z.number().optional(),
  currency: z.string().optional(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number() })).optional(),
});

type ShownItem = z.infer<typeof shownItem>;

/** Reads what the three services brought about for an order. */
export async function readOrderEffects(target: Target, orderId: string): Promise<readonly EffectView[]> {
  return await withTableClient(target, async (client) => {
    const found = await Promise.all(
      topology.consumers.map(async ({ name, consumerGroupId }) => {
        const items = await itemsOf(client, target.outputs.tableNames[name], orderId);
        return items.flatMap((item) => TEXTS[name](item)).map((text) => effectView(consumerGroupId, text));
      }),
    );
    return found.flat();
  });
}

const effectView = (groupId: string, text: string): EffectView => ({ groupId, kind: 'effect', text });

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
  return Items.flatMap((item) => shownItem.safeParse(item).data ?? []);
}

const TEXTS: Readonly<Record<ConsumerName, (item: ShownItem) => readonly string[]>> = {
  billing: ({ invoiceId, creditNoteId, totalMinor, currency }) => [
    ...(invoiceId === undefined ? [] : [`invoice ${invoiceId}${amountText(totalMinor, currency)}`]),
    ...(creditNoteId === undefined ? [] : [`credit note ${creditNoteId}`]),
  ],
  inventory: ({ status, lines = [] }) =>
    status === undefined
      ? []
      : [`${status.toLowerCase()}: ${lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')}`],
  notifications: ({ sk, status }) => {
    const [type = '', channel = ''] = sk.split('#');
    return status === undefined || channel === '' ? [] : [`${channel} for ${type}: ${status.toLowerCase()}`];
  },
};

function amountText(minor: number | undefined, currency: string | undefined): string {
  return minor === undefined || currency === undefined ? '' : ` over ${(minor / 100).toFixed(2)} ${currency}`;
}
