import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { sesClient } from '../../../../functions/aws/ses-client.ts';
import { snsClient } from '../../../../functions/aws/sns-client.ts';
import { sqsClient } from '../../../../functions/aws/sqs-client.ts';
import { sesSendEmail } from '../../../../functions/notifications/aws/ses-send-email.ts';
import { snsSendSms } from '../../../../functions/notifications/aws/sns-send-sms.ts';
import type { SendResult } from '../../../../functions/notifications/ports.ts';
import { sqsSendMessage } from '../../../../functions/aws/sqs-send-message.ts';
import { networkError, sdkError, stubClient } from '../../aws/stub-client.ts';

const email = {
  to: 'customer@example.com',
  subject: 'Subject',
  body: 'Body',
  notificationId: 'notification-1',
};
const sms = { to: '+4915112345678', text: 'Text' };

describe('an e-mail', () => {
  test('is sent as plain text and tagged with its notification id', async () => {
    const { client, sent } = stubClient<SESv2Client>({ MessageId: 'message-1' });

    const result = await sesSendEmail(client, 'shop@example.com')(email);

    expect(result).toEqual({ kind: 'sent', messageId: 'message-1' });
    expect(sent).toEqual([
      [
        'SendEmailCommand',
        {
          FromEmailAddress: 'shop@example.com',
          Destination: { ToAddresses: ['customer@example.com'] },
          Content: {
            Simple: {
              Subject: { Data: 'Subject', Charset: 'UTF-8' },
              Body: { Text: { Data: 'Body', Charset: 'UTF-8' } },
            },
          },
          EmailTags: [{ Name: 'notification-id', Value: 'notification-1' }],
        },
      ],
    ]);
  });
});

describe('an SMS', () => {
  test('is published to the phone number', async () => {
    const { client, sent } = stubClient<SNSClient>({ MessageId: 'message-1' });

    const result = await snsSendSms(client)(sms);

    expect(result).toEqual({ kind: 'sent', messageId: 'message-1' });
    expect(sent).toEqual([
      [
        'PublishCommand',
        {
          PhoneNumber: '+4915112345678',
          Message: 'Text',
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          },
        },
      ],
    ]);
  });
});

interface ErrorStory {
  readonly story: string;
  readonly error: Error;
  readonly what: string;
}

/** What an error says about the message, whichever provider it comes from. */
const sharedErrors: readonly ErrorStory[] = [
  ...['TooManyRequestsException', 'ThrottlingException', 'Throttling', 'LimitExceededException'].map(
    (name) => ({ story: name, error: sdkError(name, 400), what: 'refused provider-unavailable' }),
  ),
  { story: 'a 429', error: sdkError('SlowDown', 429), what: 'refused provider-unavailable' },
  {
    story: 'missing permission',
    error: sdkError('AccessDeniedException', 403),
    what: 'refused account-refused',
  },
  {
    story: 'missing credentials',
    error: sdkError('CredentialsProviderError'),
    what: 'refused provider-unavailable',
  },
  { story: 'a reset', error: networkError('ECONNRESET'), what: 'unknown provider-unavailable' },
  { story: 'a timeout', error: sdkError('TimeoutError'), what: 'unknown provider-unavailable' },
  { story: 'a 408', error: sdkError('RequestTimeout', 408), what: 'unknown provider-unavailable' },
  { story: 'a 500', error: sdkError('InternalFailure', 500), what: 'unknown provider-unavailable' },
  { story: 'a 503', error: sdkError('ServiceUnavailable', 503), what: 'unknown provider-unavailable' },
  {
    story: 'an error of an unknown kind',
    error: sdkError('SomethingNew'),
    what: 'unknown provider-unavailable',
  },
];

const emailErrors: readonly ErrorStory[] = [
  ...[
    "Missing final '@domain'",
    'Domain contains illegal character',
    'Local address contains control or whitespace',
    "Invalid address: 'from-quota@sandbox.example'",
  ].map((message) => ({
    story: message,
    error: sdkError('BadRequestException', 400, message),
    what: 'refused contact-refused',
  })),
  ...[
    { name: 'BadRequestException', message: 'From address is invalid.' },
    { name: 'BadRequestException', message: 'The identity is not verified.' },
    {
      name: 'MessageRejected',
      message:
        'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: shop@example.com',
    },
    { name: 'MailFromDomainNotVerifiedException', message: 'Mail-From domain not verified.' },
    { name: 'SendingPausedException', message: 'Sending is paused.' },
    { name: 'AccountSuspendedException', message: 'The account is suspended.' },
    { name: 'NotFoundException', message: 'Configuration set does not exist.' },
  ].map(({ name, message }) => ({
    story: `${name}, ${message}`,
    error: sdkError(name, 400, message),
    what: 'refused account-refused',
  })),
];

const smsErrors: readonly ErrorStory[] = [
  {
    story: 'a number that cannot be published to',
    error: sdkError(
      'InvalidParameterException',
      400,
      'Invalid parameter: PhoneNumber Reason: +49151 is not valid to publish to',
    ),
    what: 'refused contact-refused',
  },
  {
    story: 'a number whose owner opted out',
    error: sdkError('OptedOutException', 400),
    what: 'refused contact-refused',
  },
  ...[
    { name: 'InvalidParameterException', message: 'Invalid parameter: No origination entities to send' },
    { name: 'InvalidParameterException', message: 'PhoneNumber is not verified in the SMS sandbox' },
    { name: 'InvalidParameterValueException', message: 'The spend limit of the account is reached' },
    { name: 'AuthorizationErrorException', message: 'Not authorized to perform SNS:Publish' },
    { name: 'KMSOptInRequired', message: 'A subscription is needed.' },
  ].map(({ name, message }) => ({
    story: `${name}, ${message}`,
    error: sdkError(name, 400, message),
    what: 'refused account-refused',
  })),
];

function inWords(result: SendResult): string {
  return 'failure' in result ? `${result.kind} ${result.failure.code}` : result.kind;
}

describe('an error of a send', () => {
  test.each([...sharedErrors, ...emailErrors])('from SES is $what: $story', async ({ error, what }) => {
    const { client } = stubClient<SESv2Client>(error);

    const result = await sesSendEmail(client, 'shop@example.com')(email);

    expect(inWords(result)).toBe(what);
  });

  test.each([...sharedErrors, ...smsErrors])('from SNS is $what: $story', async ({ error, what }) => {
    const { client } = stubClient<SNSClient>(error);

    const result = await snsSendSms(client)(sms);

    expect(inWords(result)).toBe(what);
  });

  test('gives a message without the address that the provider quotes', async () => {
    const { client } = stubClient<SESv2Client>(sdkError('BadRequestException', 400));

    const result = await sesSendEmail(client, 'shop@example.com')(email);

    expect(result).toEqual({
      kind: 'refused',
      failure: {
        code: 'contact-refused',
        message: 'SES refuses this recipient: BadRequestException.',
        cause: expect.any(Error),
      },
    });
  });
});

describe('a send that ends with an error', () => {
  test.each([
    { provider: 'SES', client: sesClient(1_000) },
    { provider: 'SNS', client: snsClient(1_000) },
  ])('is not repeated by the client of $provider', async ({ client }) => {
    const attempts = await client.config.maxAttempts();

    expect(attempts).toBe(1);
  });
});

describe('a message for the dead-letter queue', () => {
  test('is sent as it is', async () => {
    const { client, sent } = stubClient<SQSClient>();

    await sqsSendMessage(client, 'https://sqs.example.com/queue')('body');

    expect(sent).toEqual([
      ['SendMessageCommand', { QueueUrl: 'https://sqs.example.com/queue', MessageBody: 'body' }],
    ]);
  });

  test('rejects when the queue does not take it', async () => {
    const { client } = stubClient<SQSClient>(sdkError('QueueDoesNotExist', 400, 'no such queue'));

    const sending = sqsSendMessage(client, 'https://sqs.example.com/queue')('body');

    await expect(sending).rejects.toThrow('no such queue');
  });

  test('goes to the configured endpoint, whatever the URL of the queue says', () => {
    const client = sqsClient(1);

    expect(client.config.useQueueUrlAsEndpoint).toBe(false);
  });
});
