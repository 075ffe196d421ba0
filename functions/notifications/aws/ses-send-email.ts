import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { SendEmail } from '../ports.ts';
import { judgeSendError, type Provider } from './send-failure.ts';

/**
 * Messages of a `BadRequestException` that are about something else than the recipient: the sender, or a setting of the
 * account. All else that is in a request comes from the record.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
const NOT_THE_RECIPIENT =
  /\b(?:not verified|identity|identities|configuration set|tenant|sandbox|paused|suspended|quota|sender|from|return.?path|reply.?to)\b/iv;

/** An address in a message could hold any word. */
const ADDRESS = /\S*@\S*/gv;

/**
 * A `MessageRejected` is about the account as a rule: an identity that is not verified, or, in the sandbox, a recipient
 * that is not; or about the content, which is the same for all orders.
 * @see https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
 */
const SES: Provider = {
  name: 'SES',
  blamesRecipient: ({ name, message }) =>
    name === 'BadRequestException' && !NOT_THE_RECIPIENT.test(message.replaceAll(ADDRESS, '')),
};

/** SES takes no idempotency token, so the client must not retry: give it `maxAttempts: 1`. */
export function sesSendEmail(client: SESv2Client, from: string): SendEmail {
  return async ({ to, subject, body, notificationId }) => {
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(body) } } },
          EmailTags: [{ Name: 'notification-id', Value: notificationId }],
        }),
      );
      return { kind: 'sent', messageId: MessageId ?? '' };
    } catch (error) {
      return judgeSendError(SES, error);
    }
  };
}

function utf8(Data: string) {
  return { Data, Charset: 'UTF-8' };
}
