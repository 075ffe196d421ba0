import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { awsClientSettings } from '../../../local/deployment/endpoint/aws-client-settings.ts';
import { engineAddresses } from './engine-addresses.ts';

export const REGION = 'eu-central-1';

/** A queue of one test in the AWS emulator. */
export interface TestQueue {
  readonly arn: string;
  readonly url: string;
  /** The bodies of all messages, JSON read; they leave the queue. */
  receiveAll(): Promise<unknown[]>;
}

/** Makes a queue. @param onTestEnd - is told how to close what was opened. */
export async function createQueue(onTestEnd: (cleanUp: () => unknown) => void): Promise<TestQueue> {
  const client = new SQSClient({
    ...awsClientSettings(engineAddresses().aws, REGION),
    useQueueUrlAsEndpoint: false,
  });
  onTestEnd(() => {
    client.destroy();
  });
  const name = `queue-${randomUUID()}`;
  const { QueueUrl: url = '' } = await client.send(new CreateQueueCommand({ QueueName: name }));
  return {
    arn: `arn:aws:sqs:${REGION}:000000000000:${name}`,
    url,
    receiveAll: async () => (await takeMessages(client, url)).map((body): unknown => JSON.parse(body)),
  };
}

/** The bodies of all messages of a queue, which leave it. */
export async function takeMessages(client: SQSClient, QueueUrl: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
    await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle })),
      }),
    );
  }
}
