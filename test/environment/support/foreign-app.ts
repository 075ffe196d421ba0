import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ConnectedMskLocal } from '../../../local/api/index.ts';
import { awsClientSettings } from '../../../local/deployment/endpoint/aws-client-settings.ts';
import { connectKafkaAdmin } from '../../broker/support/kafka-admin.ts';
import { takeMessages } from '../../broker/support/queues.ts';
import { localAccount, type LocalAccount } from './local-account.ts';

/** Where test/foreign-app is deployed. */
export const REGION = 'eu-west-1';

const SIGN_UP_GROUP = 'sign-up-forwarder';

/** What test/foreign-app does, seen from outside, and what it runs on. */
export interface ForeignApp {
  readonly account: LocalAccount;
  /** All clicks so far, each with the source of its event. */
  clicks(): Promise<readonly string[]>;
  /** All sign-ups that were forwarded so far, each with the source of its event; one that came twice is there twice. */
  signUps(): Promise<readonly string[]>;
  /** The consumer group of the sign-ups. */
  signUpGroup(): Promise<{ readonly members: number; readonly committedRecords: number }>;
  close(): Promise<void>;
}

/** Connects to the app in an environment that runs it. */
export async function connectForeignApp({
  brokers,
  endpoint: awsEndpoint,
  outputs,
}: Pick<ConnectedMskLocal, 'brokers' | 'endpoint' | 'outputs'>): Promise<ForeignApp> {
  const { ClickTableName: TableName, SignUpQueueUrl: queueUrl = '' } =
    outputs['page-analytics-consumers'] ?? {};
  const settings = awsClientSettings(awsEndpoint, REGION);
  const dynamo = new DynamoDBClient(settings);
  const sqs = new SQSClient(settings);
  const account = localAccount(awsEndpoint, REGION);
  const signUps: string[] = [];
  const kafka = await connectKafkaAdmin(brokers);
  return {
    account,
    clicks: async () => {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
      return Items.map(({ id, source }) => `${source?.S}: ${id?.S}`).toSorted();
    },
    signUps: async () => {
      signUps.push(...(await takeMessages(sqs, queueUrl)));
      return signUps.toSorted();
    },
    signUpGroup: async () => {
      const committed = await kafka.committed(SIGN_UP_GROUP, 'sign-ups');
      return {
        members: await kafka.memberCount(SIGN_UP_GROUP),
        committedRecords: Object.values(committed).reduce((sum, offset) => sum + offset, 0),
      };
    },
    close: async () => {
      await kafka.disconnect();
      account.close();
      dynamo.destroy();
      sqs.destroy();
    },
  };
}
