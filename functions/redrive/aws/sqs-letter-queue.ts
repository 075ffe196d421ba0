import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LetterQueue } from '../ports.ts';

/** The maximum number of messages in one call to SQS. */
const MOST_AT_ONCE = 10;
/** A call that waits asks all servers of the queue, and not a sample of them. */
const WAIT_SECONDS = 1;
const CALLS_AT_ONCE = 8;

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function sqsLetterQueue(client: SQSClient, queueUrl: string): LetterQueue {
  return {
    receive: async (hiddenSeconds) => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: MOST_AT_ONCE,
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }) => ({
        id: MessageId,
        receipt: ReceiptHandle,
        body: Body,
        sentAtMs: Number(Attributes?.SentTimestamp ?? 0),
      }));
    },
    // A message that was deleted, or received by somebody else since, fails alone: there is nothing to show or delete.
    release: (receipts) =>
      inBatches(receipts, async (batch) => {
        const Entries = batch.map((ReceiptHandle, index) => ({
          Id: String(index),
          ReceiptHandle,
          VisibilityTimeout: 0,
        }));
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
      }),
    remove: (receipts) =>
      inBatches(receipts, async (batch) => {
        const Entries = batch.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
        await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      }),
    depth: async () => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return {
        visible: Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0),
        hidden: Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'] ?? 0),
      };
    },
  };
}

async function inBatches(
  receipts: readonly string[],
  send: (batch: readonly string[]) => Promise<void>,
): Promise<void> {
  let done = 0;
  const work = async (): Promise<void> => {
    while (done < receipts.length) {
      const batch = receipts.slice(done, done + MOST_AT_ONCE);
      done += batch.length;
      await send(batch);
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work));
}
