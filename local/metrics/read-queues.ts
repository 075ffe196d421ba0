import {
  GetQueueAttributesCommand,
  paginateListQueues,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { QueueMeasurement } from './queue-metrics.ts';

/** SQS hands out no more at once; a queue hands out its oldest messages first, as far as it has an order. */
const MOST_AT_ONCE = 10;

/** Measures every queue at an endpoint. */
export async function readQueues(client: SQSClient, now: number): Promise<readonly QueueMeasurement[]> {
  const measured: QueueMeasurement[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues({ client }, { MaxResults: 1_000 })) {
    for (const url of QueueUrls) measured.push(await readQueue(client, url, now));
  }
  return measured;
}

async function readQueue(client: SQSClient, QueueUrl: string, now: number): Promise<QueueMeasurement> {
  const { Attributes: attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  const visible = Number(attributes.ApproximateNumberOfMessages);
  const inFlight = Number(attributes.ApproximateNumberOfMessagesNotVisible);
  return {
    queueName: QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1),
    visible,
    inFlight,
    delayed: Number(attributes.ApproximateNumberOfMessagesDelayed),
    oldestSeconds: await oldestSeconds(client, QueueUrl, { attributes, visible, inFlight, now }),
  };
}

interface SeenQueue {
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly visible: number;
  readonly inFlight: number;
  readonly now: number;
}

/**
 * Looks at the oldest messages and hides none of them. A look counts as a receive, so no queue is looked at whose messages go
 * elsewhere after some of them, and none that keeps an order, which a look would hold up. Messages that somebody else has received
 * are not seen, and may be older.
 */
async function oldestSeconds(
  client: SQSClient,
  QueueUrl: string,
  { attributes, visible, inFlight, now }: SeenQueue,
): Promise<number | undefined> {
  if (visible + inFlight === 0) return 0;
  if (inFlight > 0 || attributes['RedrivePolicy'] !== undefined || QueueUrl.endsWith('.fifo'))
    return undefined;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: MOST_AT_ONCE,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  const sent = Messages.map(({ Attributes }) => Number(Attributes?.SentTimestamp));
  return sent.length === 0 ? undefined : Math.max(0, (now - Math.min(...sent)) / 1_000);
}
