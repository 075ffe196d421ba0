import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { CreateEmailIdentityCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openEmailEndpoint, type EmailEndpoint } from '../../../local/email/email-endpoint.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

let server: Server | undefined;
let email: EmailEndpoint | undefined;
let client: SESv2Client | undefined;

afterEach(() => {
  client?.destroy();
  email?.close();
  server?.closeAllConnections();
  server?.close();
});

/** What an endpoint answers to a request of SES version 1. */
interface VersionOneAnswer {
  readonly status: number;
  readonly xml: string;
}

const sent = (operation: string): VersionOneAnswer => ({
  status: 200,
  xml: `<${operation}Response><${operation}Result><MessageId>m-1</MessageId></${operation}Result></${operation}Response>`,
});

const failed = (code: string, message: string): VersionOneAnswer => ({
  status: 400,
  xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

/** An endpoint that has version 1 alone, as LocalStack 4.14.0 does; it keeps the requests that it got. */
async function versionOne(answer: VersionOneAnswer): Promise<{ endpoint: string; requests: unknown[] }> {
  const requests: unknown[] = [];
  const keep = async (request: IncomingMessage): Promise<void> => {
    requests.push(Object.fromEntries(new URLSearchParams(await text(request))));
  };
  server = createServer((request, response) => {
    if (request.url?.startsWith('/v2/') === true) {
      response.writeHead(501, { 'x-amzn-errortype': 'InternalFailure' }).end('{"message":"not included"}');
      return;
    }
    void keep(request).then(() =>
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.xml),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function throughTranslation(endpoint: string): Promise<SESv2Client> {
  email = await openEmailEndpoint({ endpoint, region, credentials });
  client = new SESv2Client({ endpoint: email.endpoint, region, credentials, maxAttempts: 1 });
  return client;
}

const simple = {
  FromEmailAddress: 'shop@example.com',
  Destination: { ToAddresses: ['ada@example.com'] },
  Content: {
    Simple: { Subject: { Data: 'Hello ✓', Charset: 'UTF-8' }, Body: { Text: { Data: 'Thank you.' } } },
  },
  EmailTags: [{ Name: 'notification-id', Value: 'n-1' }],
};

describe('SES version 2 in front of an endpoint that has version 1 alone', () => {
  test('sends an e-mail in the words of version 1 and gives its message id', async () => {
    const { endpoint, requests } = await versionOne(sent('SendEmail'));
    const ses = await throughTranslation(endpoint);

    const { MessageId } = await ses.send(new SendEmailCommand(simple));

    expect([MessageId, requests]).toEqual([
      'm-1',
      [
        {
          Action: 'SendEmail',
          Version: '2010-12-01',
          Source: 'shop@example.com',
          'Destination.ToAddresses.member.1': 'ada@example.com',
          'Message.Subject.Data': 'Hello ✓',
          'Message.Subject.Charset': 'UTF-8',
          'Message.Body.Text.Data': 'Thank you.',
          'Tags.member.1.Name': 'notification-id',
          'Tags.member.1.Value': 'n-1',
        },
      ],
    ]);
  });

  test.each([
    [
      'a raw message',
      { Raw: { Data: Buffer.from('Subject: Hi\r\n\r\nHi') } },
      'SendRawEmail',
      {
        Source: 'shop@example.com',
        'Destinations.member.1': 'ada@example.com',
        'RawMessage.Data': Buffer.from('Subject: Hi\r\n\r\nHi').toString('base64'),
      },
    ],
    [
      'a template',
      { Template: { TemplateName: 'welcome', TemplateData: '{"name":"Ada"}' } },
      'SendTemplatedEmail',
      {
        Source: 'shop@example.com',
        'Destination.ToAddresses.member.1': 'ada@example.com',
        Template: 'welcome',
        TemplateData: '{"name":"Ada"}',
      },
    ],
  ])('sends %s', async (_what, Content, Action, expected) => {
    const { endpoint, requests } = await versionOne(sent(Action));
    const ses = await throughTranslation(endpoint);

    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@example.com',
        Destination: simple.Destination,
        Content,
      }),
    );

    expect(requests).toEqual([{ Action, Version: '2010-12-01', ...expected }]);
  });

  test.each([
    ['ada@example.com', { Action: 'VerifyEmailIdentity', EmailAddress: 'ada@example.com' }],
    ['example.com', { Action: 'VerifyDomainIdentity', Domain: 'example.com' }],
  ])('verifies the identity %s', async (EmailIdentity, expected) => {
    const { endpoint, requests } = await versionOne({ status: 200, xml: '<Response/>' });
    const ses = await throughTranslation(endpoint);

    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity }));

    expect(requests).toEqual([{ Version: '2010-12-01', ...expected }]);
  });

  test.each([
    ['MessageRejected', 'Email address not verified', 'MessageRejected', 400],
    ['InvalidParameterValue', 'Local address contains control', 'BadRequestException', 400],
    ['Throttling', 'Maximum sending rate exceeded', 'TooManyRequestsException', 429],
  ])('gives the error %s as version 2 names it', async (code, message, name, httpStatusCode) => {
    const { endpoint } = await versionOne(failed(code, message));
    const ses = await throughTranslation(endpoint);

    const sending = ses.send(new SendEmailCommand(simple));

    await expect(sending).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
  });

  test('rejects a request that version 1 cannot express, instead of sending a part of it', async () => {
    const { endpoint, requests } = await versionOne(sent('SendEmail'));
    const ses = await throughTranslation(endpoint);
    const { Simple } = simple.Content;
    const Content = {
      Simple: { ...Simple, Headers: [{ Name: 'List-Unsubscribe', Value: '<https://e.com>' }] },
    };

    const sending = ses.send(new SendEmailCommand({ ...simple, Content }));

    await expect(sending).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
    expect(requests).toEqual([]);
  });
});

test('an endpoint with SES version 2 is used directly', async () => {
  server = createServer((_request, response) => response.writeHead(200).end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  email = await openEmailEndpoint({ endpoint, region, credentials });

  expect([email.endpoint, email.isTranslated]).toEqual([endpoint, false]);
});
