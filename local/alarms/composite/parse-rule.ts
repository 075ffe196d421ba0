import type { AlarmState } from '../alarm.ts';
import { TokenReader } from '../metric-math/tokens.ts';

/** A composite alarm's rule as a tree. */
export type Rule =
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: 'constant'; readonly holds: boolean }
  | { readonly kind: 'not'; readonly rule: Rule }
  | { readonly kind: 'and' | 'or'; readonly rules: readonly Rule[] };

const STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const satisfies readonly AlarmState[];

/** A name without spaces and brackets needs no quotes. */
const BARE_NAME = /\b(?<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?<alarm>[^"()\s]+)\s*\)/gi;

/** An alarm may be named by its ARN. */
const ARN = /^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/;

/**
 * Parses the rule of a composite alarm.
 *
 * @throws {Error} that says what is expected where.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function parseRule(text: string): Rule {
  const reader = new TokenReader(text.replace(BARE_NAME, '$<state>("$<alarm>")'));
  const rule = parseJoined(reader, 'or');
  reader.expectEnd();
  return rule;
}

/** NOT binds tighter than AND, and AND tighter than OR. */
function parseJoined(reader: TokenReader, kind: 'and' | 'or'): Rule {
  const part = (): Rule => (kind === 'or' ? parseJoined(reader, 'and') : parseNot(reader));
  const first = part();
  const rules = [first];
  while (reader.takeOneOf(kind.toUpperCase()) !== undefined) rules.push(part());
  return rules.length === 1 ? first : { kind, rules };
}

function parseNot(reader: TokenReader): Rule {
  if (reader.takeOneOf('NOT') !== undefined) return { kind: 'not', rule: parseNot(reader) };
  if (reader.takeOneOf('(') !== undefined) {
    const inner = parseJoined(reader, 'or');
    reader.expect(')');
    return inner;
  }
  const constant = reader.takeOneOf('TRUE', 'FALSE');
  if (constant !== undefined) return { kind: 'constant', holds: constant === 'TRUE' };
  const taken = reader.takeOneOf(...STATES);
  const state = STATES.find((known) => known === taken);
  if (state === undefined) {
    throw reader.refuse('ALARM, OK, INSUFFICIENT_DATA, TRUE, FALSE, NOT or a bracket is expected');
  }
  return { kind: 'state', state, alarm: parseAlarmName(reader) };
}

function parseAlarmName(reader: TokenReader): string {
  reader.expect('(');
  const token = reader.take();
  if (token?.kind !== 'text') throw reader.refuse('the name of an alarm is expected');
  reader.expect(')');
  return token.text.replace(ARN, '');
}
