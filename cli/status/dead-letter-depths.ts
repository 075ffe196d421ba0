import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { ConsumerName } from '../../lib/topology/topology-types.ts';
import { queueClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';

/** Messages by consumer; approximate, as SQS counts them. */
export type DeadLetterDepths = Readonly<Record<ConsumerName, number>>;

export async function readDeadLetterDepths(target: Target): Promise<DeadLetterDepths> {
  const client = queueClient(target);
  const depth = async (queueUrl: string): Promise<number> => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
  };
  const { billing, inventory, notifications } = target.outputs.deadLetterQueueUrls;
  const depths = await Promise.all([depth(billing), depth(inventory), depth(notifications)]);
  return { billing: depths[0], inventory: depths[1], notifications: depths[2] };
}
