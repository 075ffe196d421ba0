import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { ID_PATTERN } from '../../kernel/order-event-limits.ts';

/**
 * Finds the order of a record, from a known place in its value or from its key; undefined if neither has an order id.
 */
export function orderIdOf({ key, value }: Pick<KafkaRecord, 'key' | 'value'>): string | undefined {
  return [...idsInValue(value), textOf(key)].find((id) => id !== undefined && ID_PATTERN.test(id));
}

function idsInValue(value: unknown): readonly (string | undefined)[] {
  const json = parse(textOf(value) ?? '');
  return [idOf(json?.['subject']), idOf(json?.['order_id'])];
}

function idOf(id: unknown): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** Key and value of a parked record may be anything. */
function textOf(base64: unknown): string | undefined {
  return typeof base64 === 'string' && base64 !== '' ? Buffer.from(base64, 'base64').toString() : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
