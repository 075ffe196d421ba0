import type { Matcher, NumericOperator, PatternNode } from './filter-pattern.ts';
import { isJsonObject, JsonNumber, type JsonScalar, type JsonValue } from './json-value.ts';

/**
 * Returns whether a value matches a pattern, with the semantics of EventBridge's Ruler: fields are AND-ed, the
 * entries of a list are OR-ed, and an array in the value matches when one of its elements does.
 * @see https://github.com/aws/event-ruler
 */
export function matchesNode(node: PatternNode, value: JsonValue | undefined): boolean {
  if (isArray(value) && value.length > 0) return value.some((element) => matchesNode(node, element));
  const matchesFields = node.fields.every(({ name, pattern }) => {
    const field = fieldOf(value, name);
    return isMatcherList(pattern) ? matchesOne(pattern, field) : matchesNode(pattern, field);
  });
  return matchesFields && (node.alternatives?.some((alternative) => matchesNode(alternative, value)) ?? true);
}

/** Returns whether one matcher of a list matches a value. */
export function matchesOne(matchers: readonly Matcher[], value: JsonValue | undefined): boolean {
  const leaves = leavesOf(value);
  return matchers.some((matcher) =>
    matcher.kind === 'exists'
      ? matcher.exists === leaves.length > 0
      : leaves.some((leaf) => matchesLeaf(matcher, leaf)),
  );
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isMatcherList(pattern: PatternNode | readonly Matcher[]): pattern is readonly Matcher[] {
  return Array.isArray(pattern);
}

function fieldOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * Lists the scalars of a value: the value itself, an array's elements, or none for an object, an empty array and a
 * missing value.
 */
function leavesOf(value: JsonValue | undefined): readonly JsonScalar[] {
  if (isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isJsonObject(value) ? [] : [value];
}

function matchesLeaf(matcher: Exclude<Matcher, { kind: 'exists' }>, leaf: JsonScalar): boolean {
  switch (matcher.kind) {
    case 'equals':
      return areEqual(matcher.value, leaf);
    case 'anythingBut':
      return !matcher.values.some((value) => areEqual(value, leaf));
    case 'numeric':
      return leaf instanceof JsonNumber && matcher.bounds.every((bound) => isWithin(leaf.value, bound));
    case 'prefix':
    case 'suffix':
    case 'equalsIgnoreCase':
      return typeof leaf === 'string' && TEXT_TESTS[matcher.kind](leaf, matcher.text);
    default:
      return matcher satisfies never;
  }
}

const TEXT_TESTS = {
  prefix: (leaf: string, text: string) => leaf.startsWith(text),
  suffix: (leaf: string, text: string) => leaf.endsWith(text),
  equalsIgnoreCase: (leaf: string, text: string) => leaf.toLowerCase() === text.toLowerCase(),
};

function areEqual(left: JsonScalar, right: JsonScalar): boolean {
  if (left instanceof JsonNumber && right instanceof JsonNumber) return left.text === right.text;
  return left === right;
}

function isWithin(
  value: number,
  bound: { readonly operator: NumericOperator; readonly value: number },
): boolean {
  return NUMERIC_TESTS[bound.operator](value, bound.value);
}

const NUMERIC_TESTS: Record<NumericOperator, (left: number, right: number) => boolean> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '=': (left, right) => left === right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};
