import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { operationsKeys } from '../memory/operations-keys.ts';
import type { JournalEntry, Lease, OperationsMemory, Supersession } from '../memory/operations-memory.ts';

const SECONDS_PER_DAY = 86_400;

/** Longer than a message waits in a dead-letter queue after its last try (14 days). */
const HISTORY_DAYS = 30;
/** Longer than any message of the time can be there, and as long as somebody may ask what was done. */
const JOURNAL_DAYS = 90;
const LEASE_DAYS = 1;

const turnItem = z.object({ id: z.string(), untilMs: z.number() });
const leaseItem = z.object({ runId: z.string(), by: z.string(), sinceMs: z.number(), untilMs: z.number() });
const historyItem = z.object({ recordOffset: z.number(), runs: z.set(z.string()), firstSeenMs: z.number() });
const supersessionItem = z.object({
  topic: z.string(),
  recordPartition: z.number(),
  recordOffset: z.number(),
  eventId: z.string(),
  atPartition: z.optional(z.number()),
  atOffset: z.optional(z.number()),
  doneBy: z.string(),
  atMs: z.number(),
});
const journalItem = z.object({
  consumer: z.string(),
  runId: z.string(),
  operation: z.string(),
  doneBy: z.string(),
  atMs: z.number(),
  step: z.number(),
  what: z.string(),
  outcomes: z.record(z.string(), z.array(z.string())),
});

export interface OperationsTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Epoch milliseconds. */
  readonly nowMs: () => number;
}

/** The operations table in DynamoDB. Items expire; none holds anything of a record's content. */
export function dynamoOperationsMemory(table: OperationsTable): OperationsMemory {
  const { client, tableName: TableName } = table;
  const expiresAt = (days: number): number => Math.floor(table.nowMs() / 1_000) + days * SECONDS_PER_DAY;
  return {
    takeTurn: async (consumer, { id, nowMs, untilMs }) => {
      const key = operationsKeys.turn(consumer);
      const met = await putUnless(
        table,
        { ...key, id, untilMs, expiresAt: expiresAt(LEASE_DAYS) },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR untilMs < :now OR id = :id',
          ExpressionAttributeValues: marshall({ ':now': nowMs, ':id': id }),
        },
      );
      return met === undefined ? undefined : turnItem.parse(met).untilMs;
    },
    endTurn: (consumer, id) => deleteIf(table, operationsKeys.turn(consumer), 'id = :own', { ':own': id }),
    hold: async (consumer, lease, nowMs) => {
      const key = operationsKeys.lease(consumer);
      const met = await putUnless(
        table,
        { ...key, ...lease, expiresAt: expiresAt(LEASE_DAYS) },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR untilMs < :now OR runId = :runId',
          ExpressionAttributeValues: marshall({ ':now': nowMs, ':runId': lease.runId }),
        },
      );
      if (met === undefined) return { kind: 'taken' };
      const holder: Lease = leaseItem.parse(met);
      return { kind: 'refused', holder };
    },
    letGo: (consumer, runId) =>
      deleteIf(table, operationsKeys.lease(consumer), 'runId = :own', { ':own': runId }),
    noteTry: async (consumer, { partition, offset }, { runId, firstSeenMs }) => {
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall({
            pk: operationsKeys.histories(consumer, partition),
            sk: operationsKeys.offset(offset),
          }),
          UpdateExpression:
            'ADD runs :run SET recordOffset = :offset, firstSeenMs = if_not_exists(firstSeenMs, :seen), expiresAt = :expiresAt',
          ExpressionAttributeValues: marshall({
            ':run': new Set([runId]),
            ':offset': offset,
            ':seen': firstSeenMs,
            ':expiresAt': expiresAt(HISTORY_DAYS),
          }),
        }),
      );
    },
    histories: async (consumer, partition) => {
      const items = await queryAll(table, operationsKeys.histories(consumer, partition));
      return items.map((item) => {
        const { recordOffset, runs, firstSeenMs } = historyItem.parse(item);
        return { offset: recordOffset, runs, firstSeenMs };
      });
    },
    supersede: async ({ record, eventId, place, by, atMs }) => {
      const { topic, partition, offset } = record;
      const item = {
        pk: operationsKeys.supersessions(topic, partition),
        sk: operationsKeys.offset(offset),
        topic,
        recordPartition: partition,
        recordOffset: offset,
        eventId,
        atPartition: place?.partition,
        atOffset: place?.offset,
        doneBy: by,
        atMs,
        expiresAt: expiresAt(JOURNAL_DAYS),
      };
      await client.send(
        new PutItemCommand({ TableName, Item: marshall(item, { removeUndefinedValues: true }) }),
      );
    },
    supersessions: async (topic, partition) => {
      const items = await queryAll(table, operationsKeys.supersessions(topic, partition));
      return items.map(toSupersession);
    },
    write: async ({ by, ...entry }) => {
      const item = {
        pk: operationsKeys.journal(entry.consumer),
        sk: `${new Date(entry.atMs).toISOString()}#${entry.runId}#${entry.step}`,
        ...entry,
        doneBy: by,
        expiresAt: expiresAt(JOURNAL_DAYS),
      };
      await client.send(new PutItemCommand({ TableName, Item: marshall(item) }));
    },
    journal: async (consumer, most) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: marshall({ ':pk': operationsKeys.journal(consumer) }),
          ScanIndexForward: false,
          Limit: most,
        }),
      );
      return Items.map((item) => toJournalEntry(unmarshall(item)));
    },
  };
}

function toSupersession(item: unknown): Supersession {
  const { topic, recordPartition, recordOffset, eventId, atPartition, atOffset, doneBy, atMs } =
    supersessionItem.parse(item);
  return {
    record: { topic, partition: recordPartition, offset: recordOffset },
    eventId,
    place:
      atPartition === undefined || atOffset === undefined
        ? undefined
        : { partition: atPartition, offset: atOffset },
    by: doneBy,
    atMs,
  };
}

function toJournalEntry(item: unknown): JournalEntry {
  const { doneBy, ...entry } = journalItem.parse(item);
  return { ...entry, by: doneBy };
}

/** Puts an item if its condition holds. @returns the stored item if it does not. */
async function putUnless(
  { client, tableName }: OperationsTable,
  item: Record<string, unknown>,
  condition: Pick<PutItemCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<Record<string, unknown> | undefined> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: marshall(item),
        ...condition,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return unmarshall(error.Item ?? {});
    throw error;
  }
}

/** Deletes an item of the caller; an item of somebody else stays. */
async function deleteIf(
  { client, tableName }: OperationsTable,
  key: Readonly<Record<string, string>>,
  condition: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: tableName,
        Key: marshall(key),
        ConditionExpression: condition,
        ExpressionAttributeValues: marshall(values),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

async function queryAll(
  { client, tableName }: OperationsTable,
  pk: string,
): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: QueryCommand['input']['ExclusiveStartKey'];
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': pk }),
        ConsistentRead: true,
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    for (const item of page.Items ?? []) items.push(unmarshall(item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
