import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { SendEmail } from '../ports.ts';
import { judgeSendError } from './send-failure.ts';

/**
 * Errors that the address or the content causes; all others pass, or concern the account.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
const REFUSALS: ReadonlySet<string> = new Set(['BadRequestException', 'MessageRejected']);

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
      return judgeSendError('SES', REFUSALS, error);
    }
  };
}

function utf8(Data: string) {
  return { Data, Charset: 'UTF-8' };
}
