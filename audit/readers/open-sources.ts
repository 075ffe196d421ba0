import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AuditSources, GroupName, GroupSource } from '../ports.ts';
import { readTable } from './dynamo-table.ts';
import { openTopic, type KafkaConnection } from './kafka-topic.ts';
import { readLedgerFile } from './ledger-file.ts';
import { findMiniStack } from './ministack.ts';
import { peekQueue } from './sqs-queue.ts';

/** The addresses of a stage's data. */
export interface StageAddresses {
  readonly topicName: string;
  readonly kafka: KafkaConnection;
  readonly aws: {
    readonly region: string;
    /** Absent: AWS itself. */
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly groups: Readonly<
    Record<GroupName, { readonly groupId: string; readonly tableName: string; readonly queueUrl: string }>
  >;
  /** The file that the producer wrote. */
  readonly ledgerFile?: string | undefined;
}

/** Opens the sources of an audit, runs the work with them, and closes their connections. */
export async function withSources<T>(
  stage: StageAddresses,
  work: (sources: AuditSources) => Promise<T>,
): Promise<T> {
  const { endpoint } = stage.aws;
  const miniStack = endpoint === undefined ? undefined : await findMiniStack(endpoint);
  const tables = new DynamoDBClient(stage.aws);
  const queues = new SQSClient({ ...stage.aws, useQueueUrlAsEndpoint: false });
  const topic = openTopic(stage.topicName, stage.kafka);
  const sourceOf = (name: GroupName): GroupSource => {
    const { groupId, tableName, queueUrl } = stage.groups[name];
    return {
      groupId,
      table: () => readTable(tables, tableName),
      letters: () => miniStack?.peekQueue(queueUrl) ?? peekQueue(queues, queueUrl),
    };
  };
  try {
    return await work({
      topicName: stage.topicName,
      topic,
      groups: {
        billing: sourceOf('billing'),
        inventory: sourceOf('inventory'),
        notifications: sourceOf('notifications'),
      },
      outbox: miniStack?.outbox,
      ledger: stage.ledgerFile === undefined ? undefined : readLedgerFile(stage.ledgerFile),
    });
  } finally {
    await topic.close();
    tables.destroy();
    queues.destroy();
  }
}
