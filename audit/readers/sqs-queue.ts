import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** SQS hands out so many at once. */
const MOST_AT_ONCE = 10;
/** Long enough to come round to every message once, short enough to be in nobody's way. */
const HIDDEN_SECONDS = 30;
/** SQS asks only some of its servers, so that one empty answer proves nothing. */
const EMPTY_ANSWERS = 5;
const HIDDEN_MS = HIDDEN_SECONDS * 1_000;

/**
 * The bodies of the messages in a queue; each stays there, and is hidden from others for 30 s at most. Messages that
 * somebody else holds at this moment are not seen.
 *
 * @throws {Error} when the queue is so long that messages come back before all were seen.
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
    `The queue ${queueUrl} cannot be read in ${HIDDEN_SECONDS} s: ${seen} messages were seen by then, and there are more. ` +
    'Run the audit closer to the queue, or redrive messages first.'
  );
}
