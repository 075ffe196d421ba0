import { createHash } from 'node:crypto';

/** Computes the payload hash that consumers store: SHA-256, in hexadecimal, of its JSON with sorted keys. */
export function payloadHash(type: string, subject: string, data: unknown): string {
  return createHash('sha256').update(sortedJson({ data, subject, type })).digest('hex');
}

function sortedJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`;
  const names = Object.keys(value).toSorted();
  return `{${names.map((name) => `${JSON.stringify(name)}:${sortedJson(Reflect.get(value, name))}`).join()}}`;
}
