import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Sends one message body to a queue; rejects when the queue did not accept it. */
export function sqsSendMessage(client: SQSClient, queueUrl: string): (body: string) => Promise<void> {
  return async (MessageBody) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  };
}
