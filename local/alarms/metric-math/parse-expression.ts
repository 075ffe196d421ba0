import { TokenReader } from './tokens.ts';

/** An expression of metric math as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'reference'; readonly id: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] };

export type Operator = (typeof LEVELS)[number][number];

/** Operators by how tightly they bind, the loosest first; those of one level from left to right. */
const LEVELS = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
] as const;

/**
 * Parses an expression of metric math.
 *
 * @throws {Error} that says what is expected where.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseExpression(text: string): Expression {
  const known = PARSED.get(text);
  if (known !== undefined) return known;
  const reader = new TokenReader(text);
  const expression = parseLevel(reader, 0);
  reader.expectEnd();
  PARSED.set(text, expression);
  return expression;
}

/** Alarms are evaluated every minute with the same few expressions. */
const PARSED = new Map<string, Expression>();

function parseLevel(reader: TokenReader, level: number): Expression {
  const operators: readonly Operator[] | undefined = LEVELS[level];
  if (operators === undefined) return parseUnary(reader);
  let left = parseLevel(reader, level + 1);
  for (;;) {
    const taken = reader.takeOneOf(...operators);
    const operator = operators.find((known) => known === taken);
    if (operator === undefined) return left;
    left = { kind: 'operation', operator, left, right: parseLevel(reader, level + 1) };
  }
}

function parseUnary(reader: TokenReader): Expression {
  return reader.takeOneOf('-') === undefined
    ? parsePrimary(reader)
    : { kind: 'negative', of: parseUnary(reader) };
}

function parsePrimary(reader: TokenReader): Expression {
  if (reader.takeOneOf('(') !== undefined) {
    const inner = parseLevel(reader, 0);
    reader.expect(')');
    return inner;
  }
  if (reader.takeOneOf('[') !== undefined) return { kind: 'list', items: parseItems(reader, ']') };
  const token = reader.take();
  if (token?.kind === 'number') return { kind: 'number', value: Number(token.text) };
  if (token?.kind !== 'name') throw reader.refuse('a number, an id, a function or a bracket is expected');
  return reader.takeOneOf('(') === undefined
    ? { kind: 'reference', id: token.text }
    : { kind: 'call', name: token.text.toUpperCase(), given: parseItems(reader, ')') };
}

function parseItems(reader: TokenReader, closing: string): readonly Expression[] {
  if (reader.takeOneOf(closing) !== undefined) return [];
  const items = [parseLevel(reader, 0)];
  while (reader.takeOneOf(',') !== undefined) items.push(parseLevel(reader, 0));
  reader.expect(closing);
  return items;
}
