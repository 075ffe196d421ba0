import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseFilterPattern } from '../../../../local/event-source-mapping/filter/parse-filter-pattern.ts';

const MATCHERS = 'prefix, suffix, equals-ignore-case, anything-but, numeric, exists';

test.each([
  ['', 'is not JSON; allowed: {"value": <pattern>}'],
  ['[]', 'has no object at its top; allowed: {"value": <pattern>}'],
  ['{}', 'has neither list nor object at value; allowed: a list of matchers, or an object'],
  [
    '{"value":["x"],"key":["y"]}',
    'has the key "key" at its top; allowed: only the key "value", because Kafka filters see nothing else',
  ],
  ['{"value":"x"}', 'has neither list nor object at value; allowed: a list of matchers, or an object'],
  ['{"value":{}}', 'has an empty object at value; allowed: at least one field'],
  ['{"value":[]}', 'has an empty list at value; allowed: at least one matcher'],
  ['{"value":{"a":1}}', 'has neither list nor object at value.a; allowed: a list of matchers, or an object'],
  [
    '{"value":{"a":[{"wildcard":"*"}]}}',
    `has no matcher at value.a[0]; allowed: a scalar, or an object with one of ${MATCHERS}`,
  ],
  [
    '{"value":{"a":[["x"]]}}',
    `has no matcher at value.a[0]; allowed: a scalar, or an object with one of ${MATCHERS}`,
  ],
  [
    '{"value":{"a":[{"prefix":"x","suffix":"y"}]}}',
    `has no matcher at value.a[0]; allowed: a scalar, or an object with one of ${MATCHERS}`,
  ],
  ['{"value":{"a":[{"prefix":1}]}}', 'has no text at value.a[0].prefix; allowed: text'],
  [
    '{"value":{"a":[{"exists":"yes"}]}}',
    'has neither true nor false at value.a[0].exists; allowed: true or false',
  ],
  [
    '{"value":{"a":[{"anything-but":[]}]}}',
    'has no scalars at value.a[0].anything-but; allowed: a text or number, or a list of them',
  ],
  [
    '{"value":{"a":[{"numeric":[">"]}]}}',
    'has 1 entries at value.a[0].numeric; allowed: one bound such as [">", 0], or two such as [">", 0, "<=", 5]',
  ],
  [
    '{"value":{"a":[{"numeric":["!=",5]}]}}',
    'has no bound at value.a[0].numeric; allowed: one bound such as [">", 0], or two such as [">", 0, "<=", 5]',
  ],
  ['{"value":{"$or":[{"a":[1]}]}}', 'has no choice at value.$or; allowed: a list of two objects or more'],
])('ESM-083 refuses %s', (text, error) => {
  const pattern = parseFilterPattern(text);

  expect(pattern).toStrictEqual({ ok: false, error });
});

test('answers for every text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const patterns = [parseFilterPattern(text), parseFilterPattern(`{"value":${text}}`)];

      expect(patterns.map(({ ok }) => typeof ok)).toStrictEqual(['boolean', 'boolean']);
    }),
  );
});
