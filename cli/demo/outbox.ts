import * as z from 'zod/mini';
import { parseJson } from '../parse-json.ts';

/** A message that the notification service sent; the e-mail's text has its subject first. */
export interface SentMessage {
  /** E-mail address or phone number. */
  readonly recipient: string;
  readonly text: string;
}

/** The messages that an AWS emulator has kept. */
export interface Outbox {
  readonly emails: () => Promise<readonly SentMessage[]>;
  readonly sms: () => Promise<readonly SentMessage[]>;
}

/** Reads the JSON at a path of the endpoint; `undefined` when the endpoint has no such path. */
export type ReadJson = (path: string) => Promise<unknown>;

/** The place and the format of an emulator's messages. */
interface OutboxKind {
  /** Answers at this emulator and at none below it in the list. */
  readonly proofPath: string;
  readonly emailsPath: string;
  readonly parseEmails: (body: unknown) => readonly SentMessage[];
  readonly smsPath: string;
}

const miniStackEmails = z.object({
  messages: z.record(
    z.string(),
    z.array(z.object({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string() })),
  ),
});

const localStackEmails = z.object({
  messages: z.array(
    z.object({
      Destination: z.object({ ToAddresses: z.array(z.string()) }),
      Subject: z.string(),
      Body: z.object({ text_part: z.nullish(z.string()) }),
    }),
  ),
});

/** MiniStack took the shape over from LocalStack. */
const smsMessages = z.object({
  sms_messages: z.record(z.string(), z.array(z.object({ PhoneNumber: z.string(), Message: z.string() }))),
});

const OUTBOXES: readonly OutboxKind[] = [
  {
    proofPath: '/_ministack/ses/messages',
    emailsPath: '/_ministack/ses/messages',
    parseEmails: (body) =>
      Object.values(z.parse(miniStackEmails, body).messages)
        .flat()
        .flatMap(({ To, Subject, BodyText }) => toEach(To, `${Subject}\n${BodyText}`)),
    smsPath: '/_ministack/sns/sms-messages',
  },
  {
    // Its lists are there only once their service was used.
    // https://docs.localstack.cloud/aws/services/ses/ and https://docs.localstack.cloud/aws/services/sns/
    proofPath: '/_localstack/info',
    emailsPath: '/_aws/ses',
    parseEmails: (body) =>
      z
        .parse(localStackEmails, body)
        .messages.flatMap(({ Destination, Subject, Body }) =>
          toEach(Destination.ToAddresses, `${Subject}\n${Body.text_part ?? ''}`),
        ),
    smsPath: '/_aws/sns/sms-messages',
  },
];

/**
 * The outbox of the emulator at an endpoint, found by what it answers.
 *
 * @throws {Error} when the endpoint is an emulator that shows no messages.
 */
export async function findOutbox(readJson: ReadJson): Promise<Outbox> {
  for (const { proofPath, emailsPath, parseEmails, smsPath } of OUTBOXES) {
    if ((await readJson(proofPath)) !== undefined) {
      return {
        emails: async () => unlessNone(await readJson(emailsPath), parseEmails),
        sms: async () => unlessNone(await readJson(smsPath), parseSms),
      };
    }
  }
  throw new Error(
    'The AWS endpoint does not list the messages that were sent through it. Use MiniStack or LocalStack, which do.',
  );
}

const unlessNone = (
  body: unknown,
  parse: (body: unknown) => readonly SentMessage[],
): readonly SentMessage[] => (body === undefined ? [] : parse(body));

/** Reads JSON from an endpoint such as `http://127.0.0.1:4566`. */
export function jsonReader(endpoint: string): ReadJson {
  return async (path) => {
    const response = await fetch(`${endpoint}${path}`);
    const text = await response.text();
    // Emulators answer unknown paths with pages of another service, so text that is not JSON counts as nothing.
    return response.ok ? parseJson(text) : undefined;
  };
}

function parseSms(body: unknown): readonly SentMessage[] {
  return Object.values(z.parse(smsMessages, body).sms_messages)
    .flat()
    .map(({ PhoneNumber, Message }) => ({ recipient: PhoneNumber, text: Message }));
}

function toEach(recipients: readonly string[], text: string): readonly SentMessage[] {
  return recipients.map((recipient) => ({ recipient, text }));
}
