/**
 * JSON without spaces and with the keys of every object sorted by UTF-16 code units, as in RFC 8785: two values that differ
 * only in the order of their keys give the same text. Values are what `JSON.parse` gives, nested no deeper than a valid
 * event may be; a missing value counts as null.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
