import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { QueueMessage } from '../ports.ts';
import type { Letter } from './letter.ts';
import { orderIdOf } from './order-id.ts';
import { readLetter } from './read-letter.ts';

/** The parsed content of a message, without its text, which an operation keeps in memory. */
export interface Digest {
  readonly messageId: string;
  readonly receipt: string;
  readonly sentAtMs: number;
  readonly letter: Letter;
  /** Present if the record has one. */
  readonly orderId: string | undefined;
}

export function digestOf(message: QueueMessage, group: string): Digest {
  const letter = readLetter(message.body, group);
  const content = letter.kind === 'parked' ? letter.content : undefined;
  return {
    messageId: message.id,
    receipt: message.receipt,
    sentAtMs: message.sentAtMs,
    letter,
    orderId: content === undefined ? undefined : orderIdOf(content),
  };
}

/** The same without key, value and headers: thousands of them fit in memory. */
export function withoutContent(digest: Digest): Digest {
  const { letter } = digest;
  return letter.kind === 'parked' ? { ...digest, letter: { ...letter, content: undefined } } : digest;
}

/** Bytes that a digest keeps in memory beside a few names, about. */
export function contentBytes({ letter }: Digest): number {
  return letter.kind === 'parked' ? sizeOf(letter.content) : 0;
}

function sizeOf(content: KafkaRecord | undefined): number {
  if (content === undefined) return 0;
  return (
    (content.key?.length ?? 0) + (content.value?.length ?? 0) + JSON.stringify(content.headers ?? []).length
  );
}
