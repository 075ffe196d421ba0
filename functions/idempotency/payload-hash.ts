import { createHash } from 'node:crypto';
import type { ReceivedEvent } from '../kernel/order-event.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * SHA-256 in hexadecimal, 64 characters. Tells whether two deliveries say the same: taken over type, subject and data as they were received. Event id and time
 * stay out, so that a producer that sends an order again under a new id says the same.
 */
export function payloadHash({ received }: ReceivedEvent): string {
  const { type, subject, data } = received;
  return createHash('sha256').update(canonicalJson({ type, subject, data })).digest('hex');
}
