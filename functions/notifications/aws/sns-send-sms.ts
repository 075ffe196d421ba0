import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SendSms } from '../ports.ts';
import { judgeSendError } from './send-failure.ts';

/**
 * Errors that the number or the text causes; all others pass, or concern the account.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const REFUSALS: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'InvalidParameterValueException',
  'ValidationException',
]);

/** SNS takes no idempotency token for SMS, so the client must not retry: give it `maxAttempts: 1`. */
export function snsSendSms(client: SNSClient): SendSms {
  return async ({ to, text }) => {
    try {
      const { MessageId } = await client.send(
        new PublishCommand({ PhoneNumber: to, Message: text, MessageAttributes: TRANSACTIONAL }),
      );
      return { kind: 'sent', messageId: MessageId ?? '' };
    } catch (error) {
      return judgeSendError('SNS', REFUSALS, error);
    }
  };
}

/**
 * Delivered with priority over promotional messages.
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
const TRANSACTIONAL = {
  'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
};
