import type { Result } from '../../helpers/result.ts';
import type { FilterPattern, Matcher, NumericOperator, PatternNode } from './filter-pattern.ts';
import { isJsonObject, JsonNumber, parseJson, type JsonScalar, type JsonValue } from './json-value.ts';

/**
 * Reads a filter pattern in EventBridge syntax, on `value` only. The error says what is wrong and what to write.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function parseFilterPattern(text: string): Result<FilterPattern, string> {
  const pattern = parseJson(text);
  if (!pattern.ok) return { ok: false, error: 'is not JSON; allowed: {"value": <pattern>}' };
  try {
    return { ok: true, value: readPattern(pattern.value) };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, error: error.message };
    throw error;
  }
}

/** Stops the descent into a pattern; it never leaves this file. */
class PatternError extends Error {}

function refuse(path: string, found: string, allowed: string): never {
  throw new PatternError(`has ${found} at ${path}; allowed: ${allowed}`);
}

function readPattern(pattern: JsonValue): FilterPattern {
  if (!isJsonObject(pattern)) return refuse('its top', 'no object', '{"value": <pattern>}');
  const { value, ...others } = pattern;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    return refuse(
      'its top',
      `the key "${other}"`,
      'only the key "value", because Kafka filters see nothing else',
    );
  }
  if (isList(value)) return { kind: 'text', matchers: readMatchers(value, 'value') };
  return { kind: 'json', node: readNode(value, 'value') };
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function readNode(value: JsonValue | undefined, path: string): PatternNode {
  if (!isJsonObject(value))
    return refuse(path, 'neither list nor object', 'a list of matchers, or an object');
  const entries = Object.entries(value);
  if (entries.length === 0) return refuse(path, 'an empty object', 'at least one field');
  const or = entries.find(([name]) => name === '$or');
  return {
    fields: entries
      .filter(([name]) => name !== '$or')
      .map(([name, field]) => ({ name, pattern: readField(field, `${path}.${name}`) })),
    alternatives: or === undefined ? null : readAlternatives(or[1], `${path}.$or`),
  };
}

function readField(value: JsonValue, path: string): PatternNode | readonly Matcher[] {
  return isList(value) ? readMatchers(value, path) : readNode(value, path);
}

function readAlternatives(value: JsonValue, path: string): readonly PatternNode[] {
  if (!isList(value) || value.length < 2) return refuse(path, 'no choice', 'a list of two objects or more');
  return value.map((alternative, index) => readNode(alternative, `${path}[${index}]`));
}

function readMatchers(list: readonly JsonValue[], path: string): readonly Matcher[] {
  if (list.length === 0) return refuse(path, 'an empty list', 'at least one matcher');
  return list.map((entry, index) => readMatcher(entry, `${path}[${index}]`));
}

function readMatcher(entry: JsonValue, path: string): Matcher {
  if (isScalar(entry)) return { kind: 'equals', value: entry };
  const [operator, ...others] = isJsonObject(entry) ? Object.entries(entry) : [];
  const read = operator === undefined ? undefined : OPERATORS.get(operator[0]);
  if (operator === undefined || read === undefined || others.length > 0) {
    return refuse(
      path,
      'no matcher',
      `a scalar, or an object with one of ${[...OPERATORS.keys()].join(', ')}`,
    );
  }
  return read(operator[1], `${path}.${operator[0]}`);
}

function isScalar(value: JsonValue): value is JsonScalar {
  return value === null || typeof value !== 'object' || value instanceof JsonNumber;
}

type ReadMatcher = (operand: JsonValue, path: string) => Matcher;

const OPERATORS: ReadonlyMap<string, ReadMatcher> = new Map<string, ReadMatcher>([
  ['prefix', (operand, path) => ({ kind: 'prefix', text: textOf(operand, path) })],
  ['suffix', (operand, path) => ({ kind: 'suffix', text: textOf(operand, path) })],
  ['equals-ignore-case', (operand, path) => ({ kind: 'equalsIgnoreCase', text: textOf(operand, path) })],
  ['anything-but', (operand, path) => ({ kind: 'anythingBut', values: scalarsOf(operand, path) })],
  ['numeric', (operand, path) => ({ kind: 'numeric', bounds: boundsOf(operand, path) })],
  ['exists', (operand, path) => ({ kind: 'exists', exists: flagOf(operand, path) })],
]);

function textOf(operand: JsonValue, path: string): string {
  return typeof operand === 'string' ? operand : refuse(path, 'no text', 'text');
}

function flagOf(operand: JsonValue, path: string): boolean {
  return typeof operand === 'boolean' ? operand : refuse(path, 'neither true nor false', 'true or false');
}

function scalarsOf(operand: JsonValue, path: string): readonly JsonScalar[] {
  const list = isList(operand) ? operand : [operand];
  const scalars = list.filter(isScalar);
  if (scalars.length === list.length && scalars.length > 0) return scalars;
  return refuse(path, 'no scalars', 'a text or number, or a list of them');
}

/** One bound, or two that enclose a range: `[">", 0, "<=", 5]`. */
function boundsOf(operand: JsonValue, path: string): { operator: NumericOperator; value: number }[] {
  const list = isList(operand) ? operand : [];
  const allowed = 'one bound such as [">", 0], or two such as [">", 0, "<=", 5]';
  if (list.length !== 2 && list.length !== 4) return refuse(path, `${list.length} entries`, allowed);
  return Array.from({ length: list.length / 2 }, (_, index) => {
    const [operator, value] = list.slice(index * 2);
    if (!isNumericOperator(operator) || !(value instanceof JsonNumber))
      return refuse(path, 'no bound', allowed);
    return { operator, value: value.value };
  });
}

const NUMERIC_OPERATORS: ReadonlySet<unknown> = new Set(['<', '<=', '=', '>', '>=']);

function isNumericOperator(value: unknown): value is NumericOperator {
  return NUMERIC_OPERATORS.has(value);
}
