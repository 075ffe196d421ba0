import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttemptMemory } from '../kafka/attempts/attempt-memory.ts';
import { ATTEMPTS_SORT_KEY, attemptsKey } from '../kernel/table-keys.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';
import type { ItemExpiry } from './item-expiry.ts';

export interface AttemptTable {
  /** The client is made for the first attempt that is counted: few are. */
  readonly client: () => DynamoDBClient;
  readonly tableName: string;
  readonly expiry: ItemExpiry;
}

/** One item for each record whose attempts are counted: a set of invocation ids, so that a repeated write counts once. */
export function dynamoAttemptMemory({ client, tableName, expiry }: AttemptTable): AttemptMemory {
  const update = (record: TopicPartitionOffset, expression: string, values?: Record<string, unknown>) =>
    client().send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: marshall({ pk: attemptsKey(record), sk: ATTEMPTS_SORT_KEY }),
        UpdateExpression: expression,
        ...(values === undefined ? {} : { ExpressionAttributeValues: marshall(values) }),
        ReturnValues: 'UPDATED_NEW',
      }),
    );
  return {
    begin: async (record, attempt) => {
      const { Attributes } = await update(record, 'ADD attempts :attempt SET expiresAt = :expiresAt', {
        ':attempt': new Set([attempt]),
        ':expiresAt': expiry(),
      });
      return Attributes?.['attempts']?.SS?.length ?? 1;
    },
    end: async (record, attempt) => {
      await update(record, 'DELETE attempts :attempt', { ':attempt': new Set([attempt]) });
    },
    forget: async (record) => {
      await update(record, 'REMOVE attempts');
    },
  };
}
