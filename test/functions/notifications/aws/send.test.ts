import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { sesClient, snsClient, sqsClient } from '../../../../functions/aws/clients.ts';
import { sesSendEmail } from '../../../../functions/notifications/aws/ses-send-email.ts';
import { snsSendSms } from '../../../../functions/notifications/aws/sns-send-sms.ts';
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

/** What an error says about the message, by provider where they differ. */
const errors = [
  {
    error: sdkError('BadRequestException', 400),
    email: 'refused contact-refused',
    sms: 'refused provider-unavailable',
  },
  {
    error: sdkError('MessageRejected', 400),
    email: 'refused contact-refused',
    sms: 'refused provider-unavailable',
  },
  {
    error: sdkError('InvalidParameterException', 400),
    email: 'refused provider-unavailable',
    sms: 'refused contact-refused',
  },
  { error: sdkError('TooManyRequestsException', 429), both: 'refused provider-unavailable' },
  { error: sdkError('AccessDeniedException', 403), both: 'refused provider-unavailable' },
  { error: sdkError('CredentialsProviderError'), both: 'refused provider-unavailable' },
  { error: networkError('ECONNREFUSED'), both: 'refused provider-unavailable' },
  { error: networkError('ENOTFOUND'), both: 'refused provider-unavailable' },
  { error: networkError('ECONNRESET'), both: 'unknown provider-unavailable' },
  { error: sdkError('TimeoutError'), both: 'unknown provider-unavailable' },
  { error: sdkError('RequestTimeout', 408), both: 'unknown provider-unavailable' },
  { error: sdkError('InternalFailure', 500), both: 'unknown provider-unavailable' },
  { error: sdkError('ServiceUnavailable', 503), both: 'unknown provider-unavailable' },
  { error: sdkError('SomethingNew'), both: 'unknown provider-unavailable' },
];

describe('a send that ends with an error', () => {
  const cases = errors.flatMap(({ error, both, ...one }) => [
    { provider: 'SES', what: both ?? one.email, error },
    { provider: 'SNS', what: both ?? one.sms, error },
  ]);

  test.each(cases)('of $provider, $error.name $error.code, is $what', async ({ provider, error, what }) => {
    const send =
      provider === 'SES'
        ? () => sesSendEmail(stubClient<SESv2Client>(error).client, 'shop@example.com')(email)
        : () => snsSendSms(stubClient<SNSClient>(error).client)(sms);

    const result = await send();

    const failure = 'failure' in result ? result.failure : undefined;
    expect(`${result.kind} ${failure?.code}`).toBe(what);
    expect(failure?.message).not.toContain('customer@example.com');
  });

  test.each([
    { provider: 'SES', client: sesClient(1) },
    { provider: 'SNS', client: snsClient(1) },
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
    const { client } = stubClient<SQSClient>(sdkError('QueueDoesNotExist', 400));

    const sending = sqsSendMessage(client, 'https://sqs.example.com/queue')('body');

    await expect(sending).rejects.toThrow('QueueDoesNotExist');
  });

  test('goes to the configured endpoint, whatever the URL of the queue says', () => {
    const client = sqsClient(1);

    expect(client.config.useQueueUrlAsEndpoint).toBe(false);
  });
});
