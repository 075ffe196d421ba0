import type { RecordHeader } from './consumer-record.ts';
import type { KafkaHeader } from './kafka-event.ts';

/**
 * The names and bytes of a record's headers, for a consumer that looks at them. Lambda sends signed bytes, which wrap into 0 to
 * 255 here; a header without a value has none.
 */
export function decodeHeaders(headers: readonly KafkaHeader[]): readonly RecordHeader[] {
  return headers.flatMap((header) =>
    Object.entries(header).map(([key, bytes]) => ({ key, value: Uint8Array.from(bytes ?? []) })),
  );
}

/** Whether this is a list of headers. It looks, and makes nothing: most consumers never ask for a header. */
export function areHeaders(headers: unknown): headers is readonly KafkaHeader[] {
  if (!Array.isArray(headers)) return false;
  for (const header of headers) if (!isHeader(header)) return false;
  return true;
}

/** A header is an object with one key. */
function isHeader(header: unknown): boolean {
  if (!isObject(header)) return false;
  // Without a list of its values: this looks at the headers of every record.
  for (const name in header) if (header[name] !== null && !isByteList(header[name])) return false;
  return true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isByteList(value: unknown): boolean {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number');
}
