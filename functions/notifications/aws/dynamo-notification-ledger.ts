import {
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { ok } from '../../kernel/result.ts';
import { notificationSortKey, orderKey } from '../../kernel/table-keys.ts';
import type { Claim, NotificationEntry, NotificationKey, NotificationLedger } from '../ports.ts';
import type { FindEntry } from '../rehearsal-ledger.ts';
import { writeConditionally } from '../../aws/conditional-write.ts';
import { findItem } from '../../aws/find-item.ts';
import type { ItemExpiry } from '../../aws/item-expiry.ts';
import { readItem, type StoredItem } from '../../aws/stored-item.ts';

const NotificationItem = z.object({
  status: z.enum(['SENDING', 'SENT', 'AMBIGUOUS']),
  claimId: z.string(),
  attempt: z.number(),
  leaseUntil: z.number(),
  hadGrace: z.optional(z.boolean()),
  eventId: z.string(),
  payloadHash: z.string(),
  corrects: z.optional(z.string()),
});

interface NotificationTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly expiry: ItemExpiry;
}

/** One item per notification. Whoever writes to a claim names it, so that a late owner changes nothing. */
export function dynamoNotificationLedger(table: NotificationTable): NotificationLedger {
  return {
    claim: (key, claim) => put(table, key, claim, { ConditionExpression: 'attribute_not_exists(pk)' }),
    takeOver: (key, claim, olderClaimId) => put(table, key, claim, whileSending(olderClaimId)),
    grantGrace: (key, claimId, untilMs) =>
      update(table, key, claimId, { leaseUntil: untilMs, hadGrace: true }),
    markAmbiguous: (key, claimId) => update(table, key, claimId, { '#status': 'AMBIGUOUS' }),
    confirm: (key, claimId, messageId) => update(table, key, claimId, { '#status': 'SENT', messageId }),
    release: (key, claimId) => remove(table, key, claimId),
  };
}

/** For a rehearsal: what the ledger would find. */
export function dynamoFindEntry({ client, tableName }: Omit<NotificationTable, 'expiry'>): FindEntry {
  return (key) => findItem(client, tableName, keyOf(key), readEntry);
}

type Condition = Pick<
  PutItemCommand['input'],
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** `status` is a reserved word of DynamoDB. */
function whileSending(claimId: string) {
  return {
    ConditionExpression: 'claimId = :claimId AND #status = :sending',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: marshall({ ':claimId': claimId, ':sending': 'SENDING' }),
  };
}

function put(
  { client, tableName, expiry }: NotificationTable,
  key: NotificationKey,
  claim: Claim,
  condition: Condition,
) {
  const { claimId, attempt, leaseUntilMs, mark } = claim;
  const item = { ...keyOf(key), status: 'SENDING', claimId, attempt, leaseUntil: leaseUntilMs, ...mark };
  const command = new PutItemCommand({
    TableName: tableName,
    Item: marshall({ ...item, expiresAt: expiry() }),
    ...condition,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return writeConditionally(() => client.send(command), readEntry);
}

/** What a write puts into an entry, by attribute. */
interface Changes {
  readonly '#status'?: NotificationEntry['status'];
  readonly messageId?: string;
  readonly leaseUntil?: number;
  readonly hadGrace?: true;
}

function update(
  { client, tableName }: NotificationTable,
  key: NotificationKey,
  claimId: string,
  changes: Changes,
) {
  const condition = whileSending(claimId);
  const values = Object.entries<string | number | boolean>({ ...changes }).map(([name, value]) => ({
    name,
    place: `:${name.replace('#', '')}`,
    value,
  }));
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall(keyOf(key)),
    UpdateExpression: `SET ${values.map(({ name, place }) => `${name} = ${place}`).join(', ')}`,
    ...condition,
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ...marshall(Object.fromEntries(values.map(({ place, value }) => [place, value]))),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return writeConditionally(() => client.send(command), readEntry);
}

function remove({ client, tableName }: NotificationTable, key: NotificationKey, claimId: string) {
  const command = new DeleteItemCommand({
    TableName: tableName,
    Key: marshall(keyOf(key)),
    ...whileSending(claimId),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return writeConditionally(() => client.send(command), readEntry);
}

function keyOf({ orderId, type, channel }: NotificationKey) {
  return { pk: orderKey(orderId), sk: notificationSortKey(type, channel) };
}

function readEntry(stored: StoredItem | undefined) {
  const item = readItem(NotificationItem, stored);
  if (!item.ok) return item;
  return ok(item.value && toEntry(item.value));
}

function toEntry(item: z.infer<typeof NotificationItem>): NotificationEntry {
  const { status, claimId, attempt, leaseUntil, hadGrace = false, eventId, payloadHash, corrects } = item;
  const mark = { eventId, payloadHash, ...(corrects === undefined ? {} : { corrects }) };
  return { status, claimId, attempt, leaseUntilMs: leaseUntil, hadGrace, mark };
}
