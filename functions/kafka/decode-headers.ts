import type { RecordHeader } from './consumer-record.ts';

/**
 * Undefined when this is no list of headers. Lambda sends signed bytes, which wrap into 0 to 255 here; a header without a
 * value has none.
 */
export function decodeHeaders(headers: unknown): readonly RecordHeader[] | undefined {
  if (!Array.isArray(headers)) return undefined;
  const decoded: RecordHeader[] = [];
  for (const [key, bytes] of headers.flatMap(entriesOf)) {
    if (bytes !== null && !isByteList(bytes)) return undefined;
    decoded.push({ key, value: new Uint8Array(bytes ?? []) });
  }
  return decoded;
}

/** A header is an object with one key; what is none gives an entry that holds no bytes. */
function entriesOf(header: unknown): readonly [string, unknown][] {
  return typeof header === 'object' && header !== null ? Object.entries(header) : [['', undefined]];
}

function isByteList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number');
}
