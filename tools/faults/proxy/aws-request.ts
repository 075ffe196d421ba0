import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import type { Channel } from './send-witness.ts';
import type { Service } from './services.ts';

/** A request to a service, as far as the campaign looks into it. */
export type SeenRequest =
  | { readonly kind: 'send'; readonly channel: Channel; readonly orderId: string }
  /** The table notes that a message was sent. */
  | { readonly kind: 'confirm'; readonly channel: Channel; readonly orderId: string }
  | { readonly kind: 'other' };

const OTHER: SeenRequest = { kind: 'other' };

const confirmation = z.object({
  Key: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
  ExpressionAttributeValues: z.object({ ':status': z.object({ S: z.literal('SENT') }) }),
});

/** Finds the order that a send or its confirmation is about. The texts are those that customers read. */
export function readRequest(service: Service, headers: IncomingHttpHeaders, body: Buffer): SeenRequest {
  if (service === 'ses') return sendOf('email', body.toString());
  if (service === 'sns') return sendOf('sms', new URLSearchParams(body.toString()).get('Message') ?? '');
  if (service === 'dynamodb' && String(headers['x-amz-target']).endsWith('.UpdateItem'))
    return confirmOf(body);
  return OTHER;
}

function sendOf(channel: Channel, text: string): SeenRequest {
  const orderId = /Order (\S+) received/.exec(text)?.[1];
  return orderId === undefined ? OTHER : { kind: 'send', channel, orderId };
}

function confirmOf(body: Buffer): SeenRequest {
  const parsed = confirmation.safeParse(JSON.parse(body.toString()));
  if (!parsed.success) return OTHER;
  const { pk, sk } = parsed.data.Key;
  return {
    kind: 'confirm',
    channel: sk.S.endsWith('#sms') ? 'sms' : 'email',
    orderId: pk.S.replace('ORDER#', ''),
  };
}
