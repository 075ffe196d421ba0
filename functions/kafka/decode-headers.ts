import type { RecordHeader } from './consumer-record.ts';

/**
 * Undefined when this is no list of headers. Lambda sends signed bytes, which wrap into 0 to 255 here; a header without a
 * value has none.
 */
export function decodeHeaders(headers: unknown): readonly RecordHeader[] | undefined {
  if (!Array.isArray(headers)) return undefined;
  const decoded: RecordHeader[] = [];
  for (const header of headers as readonly unknown[]) {
    // A header is an object with one key.
    if (!isObject(header)) return undefined;
    for (const [key, bytes] of Object.entries(header)) {
      if (bytes !== null && !isByteList(bytes)) return undefined;
      decoded.push({ key, value: Uint8Array.from(bytes ?? []) });
    }
  }
  return decoded;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isByteList(value: unknown): value is readonly number[] {
  if (!Array.isArray(value)) return false;
  for (const byte of value) if (typeof byte !== 'number') return false;
  return true;
}
