import { Readable } from 'node:stream';
import * as z from 'zod/mini';
import type { Outbox, OutboxMessage } from '../ports.ts';
import { jsonObjects } from './json-objects.ts';

/** The data that MiniStack exposes in addition to the services it emulates. */
export interface MiniStack {
  readonly outbox: Outbox;
  /** Reads the bodies of the messages in a queue, without hiding any of them from others. */
  readonly peekQueue: (queueUrl: string) => AsyncIterable<string>;
}

/** The depth of the messages: each list is in an object by account or number, which is in the answer's object. */
const DEPTH_OF_MESSAGES = 3;
/** By account, by region, by queue. */
const DEPTH_OF_LETTERS = 5;

const email = z.object({ To: z.array(z.string()), Subject: z.string(), BodyText: z.string() });
const sms = z.object({ PhoneNumber: z.string(), Message: z.string() });
const letter = z.object({ Body: z.string() });

/** Undefined when something else answers at the endpoint. */
export async function findMiniStack(endpoint: string): Promise<MiniStack | undefined> {
  const { ok } = await fetch(`${endpoint}/_ministack/health`);
  if (!ok) return undefined;
  return {
    outbox: { emails: () => readEmails(endpoint), sms: () => readSms(endpoint) },
    peekQueue: (queueUrl) => peekQueue(endpoint, queueUrl),
  };
}

async function* readEmails(endpoint: string): AsyncGenerator<OutboxMessage> {
  for await (const text of objectsAt(`${endpoint}/_ministack/ses/messages`, DEPTH_OF_MESSAGES)) {
    const { To, Subject, BodyText } = z.parse(email, JSON.parse(text));
    for (const recipient of To) yield { recipient, text: `${Subject}\n${BodyText}` };
  }
}

async function* readSms(endpoint: string): AsyncGenerator<OutboxMessage> {
  for await (const text of objectsAt(`${endpoint}/_ministack/sns/sms-messages`, DEPTH_OF_MESSAGES)) {
    const { PhoneNumber, Message } = z.parse(sms, JSON.parse(text));
    yield { recipient: PhoneNumber, text: Message };
  }
}

async function* peekQueue(endpoint: string, queueUrl: string): AsyncGenerator<string> {
  const address = `${endpoint}/_ministack/sqs/messages?QueueUrl=${encodeURIComponent(queueUrl)}`;
  for await (const text of objectsAt(address, DEPTH_OF_LETTERS)) yield z.parse(letter, JSON.parse(text)).Body;
}

async function* objectsAt(address: string, depth: number): AsyncGenerator<string> {
  const { ok, status, body } = await fetch(address);
  if (!ok || body === null)
    throw new Error(`${address} answers ${status}: it must be a MiniStack of this project.`);
  yield* jsonObjects(Readable.fromWeb(body), depth);
}
