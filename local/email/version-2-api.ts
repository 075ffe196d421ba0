import { VerifyDomainIdentityCommand, VerifyEmailIdentityCommand, type SESClient } from '@aws-sdk/client-ses';
import { Hono } from 'hono';
import * as z from 'zod';
import { readSendRequest } from './send-request.ts';

const identityRequest = z.object({ EmailIdentity: z.string().min(1) });

/** An error of a service as the SDK throws it. */
const serviceError = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.number() }),
});

/**
 * Serves the two operations of SES version 2 that sending needs, SendEmail and CreateEmailIdentity, through version
 * 1. All others are rejected as an endpoint rejects unknown operations.
 */
export function versionTwoApi(client: SESClient): Hono {
  const app = new Hono();
  app.post('/v2/email/outbound-emails', async (context) => {
    const send = readSendRequest(await context.req.json<unknown>());
    if (send === undefined) {
      return context.json(
        ...refusal(
          'The AWS endpoint has only SES version 1, which sends an address, a subject, texts, a raw message or a ' +
            'template; this request asks for more.',
        ),
      );
    }
    return context.json({ MessageId: await send(client) });
  });
  app.post('/v2/email/identities', async (context) => {
    const { EmailIdentity } = identityRequest.parse(await context.req.json<unknown>());
    await verify(client, EmailIdentity);
    return context.json({
      IdentityType: EmailIdentity.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
      VerifiedForSendingStatus: true,
    });
  });
  app.notFound((context) =>
    context.json(
      ...refusal(
        `The AWS endpoint has only SES version 1, and ${context.req.method} ${context.req.path} has no translation to it.`,
      ),
    ),
  );
  app.onError((error, context) => context.json(...errorAnswer(error)));
  return app;
}

function verify(client: SESClient, identity: string): Promise<unknown> {
  return identity.includes('@')
    ? client.send(new VerifyEmailIdentityCommand({ EmailAddress: identity }))
    : client.send(new VerifyDomainIdentityCommand({ Domain: identity }));
}

type Status = 400 | 429 | 500 | 501;
type Answer = [body: { message: string }, status: Status, headers: Record<string, string>];

const refusal = (message: string): Answer => answer('NotImplemented', message, 501);

/** The version 2 names of errors that version 1 names differently; all others are the same. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  InvalidParameterValue: 'BadRequestException',
  Throttling: 'TooManyRequestsException',
};

function errorAnswer(error: unknown): Answer {
  const { data } = serviceError.safeParse(error);
  if (data === undefined) return answer('BadRequestException', String(error), 400);
  const name = OTHER_NAMES[data.name] ?? data.name;
  return answer(name, data.message, statusOf(name, data.$metadata.httpStatusCode));
}

function statusOf(name: string, versionOne: number): Status {
  if (name === 'TooManyRequestsException') return 429;
  return versionOne < 500 ? 400 : 500;
}

/** @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
const answer = (name: string, message: string, status: Status): Answer => [
  { message },
  status,
  { 'x-amzn-errortype': name },
];
