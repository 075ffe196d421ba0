import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClientSettings } from '../../../local/deployment/endpoint/aws-client-settings.ts';
import { connectKafkaAdmin } from '../../broker/support/kafka-admin.ts';
import { takeMessages } from '../../broker/support/queues.ts';
import type { NpmProcess } from '../npm-process.ts';
import { localAccount, type LocalAccount } from './local-account.ts';
import { shown } from './msk-local.ts';

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

/** Connects to the app that an msk-local runs. */
export async function connectForeignApp(started: NpmProcess): Promise<ForeignApp> {
  const awsEndpoint = shown(started, 'AWS endpoint');
  const settings = awsClientSettings(awsEndpoint, REGION);
  const dynamo = new DynamoDBClient(settings);
  const sqs = new SQSClient(settings);
  const account = localAccount(awsEndpoint, REGION);
  const signUps: string[] = [];
  const kafka = await connectKafkaAdmin(shown(started, 'Kafka broker'));
  const TableName = shown(started, 'page-analytics-consumers.ClickTableName');
  const queueUrl = shown(started, 'page-analytics-consumers.SignUpQueueUrl');
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
