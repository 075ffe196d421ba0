import { DescribeTopicCommand } from '@aws-sdk/client-kafka';
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { unlessMissing, type Call } from '../call.ts';
import type { Clients } from '../clients.ts';

/** URLs of the queues that there are, of these names. */
export async function readQueues(
  { sqs }: Clients,
  call: Call,
  names: readonly string[],
): Promise<readonly string[]> {
  const urls = names.map((QueueName) =>
    call('sqs:GetQueueUrl', (options) =>
      unlessMissing(
        sqs.send(new GetQueueUrlCommand({ QueueName }), options),
        ({ name }) => name === 'QueueDoesNotExist',
      ),
    ),
  );
  return (await Promise.all(urls)).flatMap((answer) => answer?.QueueUrl ?? []);
}

/** Whether a cluster has a topic. */
export async function readTopic(
  { kafka }: Clients,
  call: Call,
  topic: { readonly clusterArn: string; readonly name: string },
): Promise<boolean> {
  const found = await call('kafka:DescribeTopic', (options) =>
    unlessMissing(
      kafka.send(new DescribeTopicCommand({ ClusterArn: topic.clusterArn, TopicName: topic.name }), options),
      ({ name }) => name === 'NotFoundException',
    ),
  );
  return found !== undefined;
}
