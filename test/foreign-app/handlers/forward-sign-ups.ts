import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SelfManagedKafkaEvent } from 'aws-lambda';

const client = new SQSClient();

/** Sends each sign-up on, with the source of the event it came in. */
export async function handler(event: SelfManagedKafkaEvent): Promise<void> {
  for (const { value } of Object.values(event.records).flat()) {
    const MessageBody = `${event.eventSource}: ${Buffer.from(value, 'base64').toString()}`;
    await client.send(new SendMessageCommand({ QueueUrl: process.env['QUEUE_URL'], MessageBody }));
  }
}
