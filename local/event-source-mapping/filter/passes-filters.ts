import { isUtf8 } from 'node:buffer';
import type { FilterPattern } from './filter-pattern.ts';
import { parseJson, type JsonValue } from './json-value.ts';
import { matchesNode, matchesOne } from './matches-pattern.ts';

/**
 * Returns whether a record reaches the function: at least one filter passes it, or there is no filter. A filter that
 * cannot judge the value passes it: a JSON pattern on plain text, a text pattern on JSON, any pattern on bytes that
 * are not UTF-8 or on a tombstone. JSON means an object or a list; a single number or quoted text is plain text.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
 */
export function passesFilters(value: Buffer | null, filters: readonly FilterPattern[]): boolean {
  if (filters.length === 0 || value === null || !isUtf8(value)) return true;
  const text = value.toString();
  const json = jsonOf(text);
  return filters.some((filter) => {
    if (filter.kind === 'text') return json !== null || matchesOne(filter.matchers, text);
    return json === null || matchesNode(filter.node, json);
  });
}

function jsonOf(text: string): JsonValue | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const json = parseJson(text);
  return json.ok ? json.value : null;
}
