import {
  SendEmailCommand,
  SendRawEmailCommand,
  SendTemplatedEmailCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import * as z from 'zod';

const text = z.object({ Data: z.string(), Charset: z.string().optional() });
const addresses = z.array(z.string()).optional();
const tags = z.array(z.object({ Name: z.string(), Value: z.string() })).optional();

/** The part of a version 2 request that version 1 can send. A request with any other field does not match. */
const sendRequest = z.strictObject({
  FromEmailAddress: z.string().optional(),
  FromEmailAddressIdentityArn: z.string().optional(),
  Destination: z
    .strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .optional(),
  ReplyToAddresses: addresses,
  FeedbackForwardingEmailAddress: z.string().optional(),
  ConfigurationSetName: z.string().optional(),
  EmailTags: tags,
  Content: z.union([
    z.strictObject({
      Simple: z.strictObject({
        Subject: text,
        Body: z.strictObject({ Text: text.optional(), Html: text.optional() }),
      }),
    }),
    z.strictObject({ Raw: z.strictObject({ Data: z.base64() }) }),
    z.strictObject({
      Template: z.strictObject({ TemplateName: z.string(), TemplateData: z.string().optional() }),
    }),
  ]),
});

type SendRequest = z.infer<typeof sendRequest>;

/** Sends an e-mail through version 1. @returns the message's id. */
export type SendThroughVersion1 = (client: SESClient) => Promise<string>;

/**
 * Reads a SendEmail request of SES version 2 as one of version 1.
 *
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference/API_SendEmail.html
 *
 * @returns undefined for a request with content that version 1 cannot express, such as headers or attachments
 */
export function readSendRequest(body: unknown): SendThroughVersion1 | undefined {
  const { data: request } = sendRequest.safeParse(body);
  return request && (async (client) => (await send(client, request)).MessageId ?? '');
}

function send(client: SESClient, request: SendRequest) {
  const { Content: content, Destination: destination = {}, ...rest } = request;
  const common = { ConfigurationSetName: rest.ConfigurationSetName, Tags: rest.EmailTags };
  if ('Raw' in content) {
    const named = Object.values(destination).flatMap((group) => group ?? []);
    const raw = { RawMessage: { Data: Buffer.from(content.Raw.Data, 'base64') }, ...common };
    const sender = { Source: rest.FromEmailAddress, SourceArn: rest.FromEmailAddressIdentityArn };
    return client.send(
      new SendRawEmailCommand({ ...raw, ...sender, ...(named.length > 0 && { Destinations: named }) }),
    );
  }
  const envelope = {
    ...common,
    Source: rest.FromEmailAddress,
    SourceArn: rest.FromEmailAddressIdentityArn,
    Destination: destination,
    ReplyToAddresses: rest.ReplyToAddresses,
    ReturnPath: rest.FeedbackForwardingEmailAddress,
  };
  if ('Simple' in content) return client.send(new SendEmailCommand({ ...envelope, Message: content.Simple }));
  const { TemplateName: Template, TemplateData = '{}' } = content.Template;
  return client.send(new SendTemplatedEmailCommand({ ...envelope, Template, TemplateData }));
}
