import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SendSms } from '../ports.ts';
import { judgeSendError, type Provider } from './send-failure.ts';

/**
 * Errors that name what is wrong with the request. `OptedOut` is about the number by itself.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html
 */
const INVALID: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'InvalidParameterValueException',
  'ValidationException',
]);
const OPTED_OUT = 'OptedOutException';

/** As in "Invalid parameter: PhoneNumber Reason: … is not valid to publish to". */
const THE_NUMBER = /phone ?number/iv;

/**
 * Errors of the account, even if the message names the number too: the sandbox sends only to verified numbers, and
 * some countries require a registered origination identity.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/channels-sms-originating-identities.html
 */
const THE_ACCOUNT =
  /sandbox|verified|origination|sender ?id|registered|registration|spend|quota|limit|subscription|opt.?in/iv;

const SNS: Provider = {
  name: 'SNS',
  blamesRecipient: ({ name, message }) =>
    name === OPTED_OUT || (INVALID.has(name) && THE_NUMBER.test(message) && !THE_ACCOUNT.test(message)),
};

/** SNS takes no idempotency token for SMS, so the client must not retry: give it `maxAttempts: 1`. */
export function snsSendSms(client: SNSClient): SendSms {
  return async ({ to, text }) => {
    try {
      const { MessageId } = await client.send(
        new PublishCommand({ PhoneNumber: to, Message: text, MessageAttributes: TRANSACTIONAL }),
      );
      return { kind: 'sent', messageId: MessageId ?? '' };
    } catch (error) {
      return judgeSendError(SNS, error);
    }
  };
}

/**
 * Delivered with priority over promotional messages.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
const TRANSACTIONAL = {
  'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
};
