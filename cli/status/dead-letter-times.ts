import { GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { GroupReport, TimeLeft, TopicRetention } from '@order-events/kafka-tools';
import { topology } from '../../lib/topology/topology.ts';
import type { ConsumerName } from '../../lib/topology/topology-types.ts';
import { withQueueClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import type { DeadLetterDepths } from './dead-letter-depths.ts';
import { letterTimes } from './letter-times.ts';

/** SQS hands out no more at once; a queue hands out its oldest messages first, as far as it has an order. */
const MOST_AT_ONCE = 10;

/** By consumer, how long until the first of the messages that were seen, or a record that one points to, is deleted. */
export type DeadLetterTimes = Readonly<Record<ConsumerName, TimeLeft>>;

/** Looks at ten messages of each queue that has any, and hides none of them. */
export async function readDeadLetterTimes(
  target: Target,
  depths: DeadLetterDepths,
  topic: { readonly retention: TopicRetention | undefined; readonly groups: readonly GroupReport[] },
): Promise<DeadLetterTimes> {
  const starts = startsOf(target.outputs.topicName, topic.groups);
  return await withQueueClient(target, async (client) => {
    const times = topology.consumers.map(async ({ name, consumerGroupId: groupId }) => {
      if (depths[name] === 0) return [name, { kind: 'nothing' } as const] as const;
      const queueUrl = target.outputs.deadLetterQueueUrls[name];
      const [messages, queueRetentionMs] = await Promise.all([
        peek(client, queueUrl),
        queueRetention(client, queueUrl),
      ]);
      const { retention } = topic;
      return [
        name,
        letterTimes(messages, { now: Date.now(), groupId, queueRetentionMs, retention, starts }),
      ] as const;
    });
    const found = new Map<ConsumerName, TimeLeft>(await Promise.all(times));
    const nothing: TimeLeft = { kind: 'nothing' };
    return {
      billing: found.get('billing') ?? nothing,
      inventory: found.get('inventory') ?? nothing,
      notifications: found.get('notifications') ?? nothing,
    };
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
