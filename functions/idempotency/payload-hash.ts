import { createHash } from 'node:crypto';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { canonicalJson } from './canonical-json.ts';

declare const payloadHashBrand: unique symbol;

/** SHA-256 in hexadecimal: 64 characters. */
export type PayloadHash = string & { readonly [payloadHashBrand]: true };

/**
 * Tells whether two deliveries say the same: taken over type, subject and data as they were received. Event id and time
 * stay out, so that a producer that sends an order again under a new id is recognised.
 */
export function payloadHash({ received }: ReceivedEvent): PayloadHash {
  const { type, subject, data } = received;
  return createHash('sha256').update(canonicalJson({ type, subject, data })).digest('hex') as PayloadHash;
}
