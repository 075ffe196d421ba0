import { isUtf8 } from 'node:buffer';
import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { maskContact, maskPatterns } from './mask.ts';

export interface ReadableRecord {
  readonly partition: number;
  readonly offset: number;
  readonly time: string;
  readonly key: string | null;
  readonly headers: Record<string, string>;
  readonly value: unknown;
  readonly valueIs: 'json' | 'text' | 'base64' | 'tombstone';
}

/** A longer text says no more to a person. */
const MOST_TEXT = 4_000;

/** A record as a person reads it; without `contact`, e-mail addresses and phone numbers are masked. Total. */
export function readableRecord(wire: KafkaRecord, contact: boolean): ReadableRecord {
  const { partition, offset, timestamp } = wire;
  return {
    partition,
    offset,
    time: new Date(timestamp).toISOString(),
    key: keyOf(wire.key, contact),
    headers: headersOf(wire.headers, contact),
    ...valueOf(wire.value, contact),
  };
}

export function readableText(text: string, contact: boolean): string {
  return (contact ? text : maskPatterns(text)).slice(0, MOST_TEXT);
}

/** What is parked may be anything. */
function keyOf(key: unknown, contact: boolean): string | null {
  if (typeof key !== 'string' || key === '') return null;
  const bytes = Buffer.from(key, 'base64');
  return isUtf8(bytes) ? readableText(bytes.toString(), contact) : key;
}

function headersOf(headers: unknown, contact: boolean): Record<string, string> {
  if (!Array.isArray(headers)) return {};
  const entries = headers.flatMap((header: unknown) =>
    typeof header === 'object' && header !== null ? Object.entries(header) : [],
  );
  return Object.fromEntries(
    entries.map(([name, bytes]: [string, unknown]) => [
      name,
      Array.isArray(bytes) ? readableText(Buffer.from(bytes.map(Number)).toString(), contact) : '',
    ]),
  );
}

function valueOf(value: unknown, contact: boolean): Pick<ReadableRecord, 'value' | 'valueIs'> {
  if (typeof value !== 'string') return { value: null, valueIs: 'tombstone' };
  const bytes = Buffer.from(value, 'base64');
  if (!isUtf8(bytes)) return { value: value.slice(0, MOST_TEXT), valueIs: 'base64' };
  const text = bytes.toString();
  try {
    const json: unknown = JSON.parse(text);
    return { value: contact ? json : maskContact(json), valueIs: 'json' };
  } catch {
    return { value: readableText(text, contact), valueIs: 'text' };
  }
}
