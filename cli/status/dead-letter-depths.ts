import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { byConsumerAsync, type ByConsumer } from '../../lib/topology/by-consumer.ts';
import { withQueueClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

/** Messages by consumer, those too that somebody looks at; approximate, as SQS counts them. */
export type DeadLetterDepths = ByConsumer<number>;

export async function readDeadLetterDepths(target: Target): Promise<DeadLetterDepths> {
  return await withQueueClient(target, (client) =>
    byConsumerAsync(({ name }) => depth(client, target.outputs.deadLetterQueueUrls[name])),
  );
}

/** Whoever looks at a message hides it from others for a moment. */
const COUNTS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

async function depth(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...COUNTS] }),
  );
  return COUNTS.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}
