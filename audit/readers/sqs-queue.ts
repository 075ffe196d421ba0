import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The number of messages that SQS returns at once. */
const MOST_AT_ONCE = 10;
/** The visibility timeout: long enough to read every message once, short enough not to disturb consumers. */
const HIDDEN_SECONDS = 30;
/** The number of empty answers to wait for. SQS queries only some of its servers, so one empty answer proves nothing. */
const EMPTY_ANSWERS = 5;
const HIDDEN_MS = HIDDEN_SECONDS * 1_000;

/**
 * Reads the bodies of the messages in a queue. Each message stays there and is hidden from others for at most 30 s.
 * Messages that are in flight elsewhere are not read.
 *
 * @throws {Error} when the queue is so long that messages become visible again before all were read.
 */
export async function* peekQueue(client: SQSClient, queueUrl: string): AsyncGenerator<string> {
  const seen = new Set<string>();
  const startedAt = performance.now();
  for (let empty = 0; empty < EMPTY_ANSWERS;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: MOST_AT_ONCE,
        VisibilityTimeout: HIDDEN_SECONDS,
      }),
    );
    const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    empty = fresh.length === 0 ? empty + 1 : 0;
    for (const { MessageId = '', Body = '' } of fresh) {
      seen.add(MessageId);
      yield Body;
    }
    if (fresh.length > 0 && performance.now() - startedAt > HIDDEN_MS)
      throw new Error(tooLong(queueUrl, seen.size));
  }
}

function tooLong(queueUrl: string, seen: number): string {
  return (
    `The queue ${queueUrl} cannot be read in ${HIDDEN_SECONDS} s: ${seen} messages were read by then, and there are more. ` +
    'Run the audit closer to the queue, or redrive messages first.'
  );
}
