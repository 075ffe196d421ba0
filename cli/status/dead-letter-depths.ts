import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ConsumerName } from '../../lib/topology/topology-types.ts';
import { withQueueClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

/** Messages by consumer; approximate, as SQS counts them. */
export type DeadLetterDepths = Readonly<Record<ConsumerName, number>>;

export async function readDeadLetterDepths(target: Target): Promise<DeadLetterDepths> {
  const { billing, inventory, notifications } = target.outputs.deadLetterQueueUrls;
  const depths = await withQueueClient(target, (client) =>
    Promise.all([depth(client, billing), depth(client, inventory), depth(client, notifications)]),
  );
  return { billing: depths[0], inventory: depths[1], notifications: depths[2] };
}

async function depth(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
}
