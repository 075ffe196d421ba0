import { loadOnce } from '../kernel/load-once.ts';

/** Sends one message body; rejects when the queue did not accept it. */
type SendBody = (body: string) => Promise<void>;

/**
 * Sends to a dead-letter queue. The client is loaded for the first message: poison is rare, and most execution environments
 * never park.
 *
 * @param sockets - connections at once.
 */
export function sendToDeadLetters(queueUrl: string, sockets: number): SendBody {
  const loaded = loadOnce(() => loadSender(queueUrl, sockets));
  return async (body) => {
    const send = await loaded();
    await send(body);
  };
}

async function loadSender(queueUrl: string, sockets: number): Promise<SendBody> {
  const [{ sqsClient }, { sqsSendMessage }] = await Promise.all([
    import('./sqs-client.ts'),
    import('./sqs-send-message.ts'),
  ]);
  return sqsSendMessage(sqsClient(sockets), queueUrl);
}
