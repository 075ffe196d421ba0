import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import type { Channel } from './send-witness.ts';
import type { Service } from './services.ts';

/** A request to a service, as far as the campaign looks into it. */
export type SeenRequest =
  | { readonly kind: 'send'; readonly channel: Channel; readonly orderId: string }
  /** Somebody takes the right to send, or gives it back: because the message is out, or because it is not. */
  | { readonly kind: 'claim' | 'settle'; readonly channel: Channel; readonly orderId: string }
  | { readonly kind: 'other' };

const OTHER: SeenRequest = { kind: 'other' };

const itemKey = z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });
const written = z.object({
  Item: z.optional(itemKey),
  Key: z.optional(itemKey),
  ExpressionAttributeValues: z.optional(z.object({ ':hadGrace': z.optional(z.unknown()) })),
});

/** The calls that write one item, with their meaning for an entry of the notifications. */
const WRITES: Readonly<Record<string, 'claim' | 'settle'>> = {
  PutItem: 'claim',
  UpdateItem: 'settle',
  DeleteItem: 'settle',
};

/** Sort keys of the notifications. */
const CHANNELS: Readonly<Record<string, Channel>> = {
  'order.placed#email': 'email',
  'order.placed#sms': 'sms',
};

/** Finds the order that a send or its claim is about. The texts are those that customers read. */
export function readRequest(service: Service, headers: IncomingHttpHeaders, body: Buffer): SeenRequest {
  if (service === 'ses') return sendOf('email', body.toString());
  if (service === 'sns') return sendOf('sms', new URLSearchParams(body.toString()).get('Message') ?? '');
  if (service === 'dynamodb') return writeOf(String(headers['x-amz-target']).split('.').at(-1) ?? '', body);
  return OTHER;
}

function sendOf(channel: Channel, text: string): SeenRequest {
  const orderId = /Order (\S+) received/.exec(text)?.[1];
  return orderId === undefined ? OTHER : { kind: 'send', channel, orderId };
}

function writeOf(operation: string, body: Buffer): SeenRequest {
  const kind = WRITES[operation];
  if (kind === undefined) return OTHER;
  const { Item, Key, ExpressionAttributeValues: values = {} } = z.parse(written, JSON.parse(body.toString()));
  const { pk, sk } = Item ?? Key ?? {};
  const channel = CHANNELS[sk?.S ?? ''];
  // Somebody waits for the owner of a claim: that settles nothing.
  const isGrace = ':hadGrace' in values;
  return pk === undefined || channel === undefined || isGrace
    ? OTHER
    : { kind, channel, orderId: pk.S.replace('ORDER#', '') };
}
