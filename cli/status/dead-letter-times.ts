import { GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { GroupReport, TimeLeft, TopicRetention } from '@order-events/kafka-tools';
import { byConsumerAsync, type ByConsumer } from '../../lib/topology/by-consumer.ts';
import { withQueueClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import type { DeadLetterDepths } from './dead-letter-depths.ts';
import { letterTimes } from './letter-times.ts';

/** SQS hands out no more at once; a queue hands out its oldest messages first, as far as it has an order. */
const MOST_AT_ONCE = 10;

/** By consumer, how long until the first of the messages that were seen, or a record that one points to, is deleted. */
export type DeadLetterTimes = ByConsumer<TimeLeft>;

/** Looks at ten messages of each queue that has any, and hides none of them. */
export async function readDeadLetterTimes(
  target: Target,
  depths: DeadLetterDepths,
  topic: { readonly retention: TopicRetention | undefined; readonly groups: readonly GroupReport[] },
): Promise<DeadLetterTimes> {
  const starts = startsOf(target.outputs.topicName, topic.groups);
  return await withQueueClient(target, async (client) => {
    return await byConsumerAsync(async ({ name, consumerGroupId: groupId }): Promise<TimeLeft> => {
      if (depths[name] === 0) return { kind: 'nothing' };
      const queueUrl = target.outputs.deadLetterQueueUrls[name];
      const [messages, queueRetentionMs] = await Promise.all([
        peek(client, queueUrl),
        queueRetention(client, queueUrl),
      ]);
      const { retention } = topic;
      return letterTimes(messages, { now: Date.now(), groupId, queueRetentionMs, retention, starts });
    });
  });
}

function startsOf(topicName: string, groups: readonly GroupReport[]): ReadonlyMap<number, number> {
  return new Map(
    groups.flatMap(({ partitions }) =>
      partitions.flatMap(({ topic, partition, lag }) =>
        topic === topicName && lag.kind === 'known' ? [[partition, lag.start] as const] : [],
      ),
    ),
  );
}

async function peek(client: SQSClient, QueueUrl: string) {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: MOST_AT_ONCE,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  return Messages.map(({ Body = '', Attributes }) => ({
    body: Body,
    sentAtMs: Number(Attributes?.SentTimestamp ?? 0),
  }));
}

async function queueRetention(client: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['MessageRetentionPeriod'] }),
  );
  return Number(Attributes?.MessageRetentionPeriod ?? 0) * 1_000;
}
