import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { byConsumerAsync, type ByConsumer } from '../../lib/topology/by-consumer.ts';
import { withQueueClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

/** Messages by consumer; approximate, as SQS counts them. */
export type DeadLetterDepths = ByConsumer<number>;

export async function readDeadLetterDepths(target: Target): Promise<DeadLetterDepths> {
  return await withQueueClient(target, (client) =>
    byConsumerAsync(({ name }) => depth(client, target.outputs.deadLetterQueueUrls[name])),
  );
}

async function depth(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
}
