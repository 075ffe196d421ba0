import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseFilterPattern } from '../../../../local/event-source-mapping/filter/parse-filter-pattern.ts';
import { passesFilters } from '../../../../local/event-source-mapping/filter/passes-filters.ts';

/** Whether a value passes filters that are written as JSON text. */
function passes(value: Buffer | string | null, ...patterns: string[]): boolean {
  const filters = patterns.map((text) => {
    const pattern = parseFilterPattern(text);
    if (!pattern.ok) throw new Error(`The test's pattern ${text} ${pattern.error}`);
    return pattern.value;
  });
  return passesFilters(typeof value === 'string' ? Buffer.from(value) : value, filters);
}

function onValue(pattern: unknown): string {
  return JSON.stringify({ value: pattern });
}

describe('matchers', () => {
  test.each([
    ['equal text', '{"a":"x"}', '{"a":["x"]}', true],
    ['other text', '{"a":"X"}', '{"a":["x"]}', false],
    ['one of a list', '{"a":"y"}', '{"a":["x","y"]}', true],
    ['a missing field', '{"b":"x"}', '{"a":["x"]}', false],
    ['a nested field', '{"a":{"b":"x"}}', '{"a":{"b":["x"]}}', true],
    ['null', '{"a":null}', '{"a":[null]}', true],
    ['null against a missing field', '{}', '{"a":[null]}', false],
    ['empty text', '{"a":""}', '{"a":[""]}', true],
    ['true', '{"a":true}', '{"a":[true]}', true],
    ['true against text', '{"a":"true"}', '{"a":[true]}', false],
    ['ESM-084 a number', '{"a":300}', '{"a":[300]}', true],
    ['ESM-084 a number in other text', '{"a":300.0}', '{"a":[300]}', false],
    ['ESM-084 a number in other text', '{"a":3.0e2}', '{"a":[300]}', false],
    ['a number against text', '{"a":"300"}', '{"a":[300]}', false],
    ['a prefix', '{"a":"eu-1"}', '{"a":[{"prefix":"eu-"}]}', true],
    ['another prefix', '{"a":"us-1"}', '{"a":[{"prefix":"eu-"}]}', false],
    ['a suffix', '{"a":"x.png"}', '{"a":[{"suffix":".png"}]}', true],
    ['text in other case', '{"a":"ÄB"}', '{"a":[{"equals-ignore-case":"äb"}]}', true],
    ['anything but other text', '{"a":"x"}', '{"a":[{"anything-but":["y","z"]}]}', true],
    ['anything but this text', '{"a":"y"}', '{"a":[{"anything-but":["y","z"]}]}', false],
    ['anything but one value', '{"a":5}', '{"a":[{"anything-but":5}]}', false],
    ['anything but, of a missing field', '{}', '{"a":[{"anything-but":["y"]}]}', false],
    ['a number in a range', '{"a":5}', '{"a":[{"numeric":[">",0,"<=",5]}]}', true],
    ['a number past a range', '{"a":5.1}', '{"a":[{"numeric":[">",0,"<=",5]}]}', false],
    ['a number by value', '{"a":300.0}', '{"a":[{"numeric":["=",300]}]}', true],
    ['a numeric text', '{"a":"5"}', '{"a":[{"numeric":["=",5]}]}', false],
    ['a field that exists', '{"a":null}', '{"a":[{"exists":true}]}', true],
    ['a field that does not', '{}', '{"a":[{"exists":true}]}', false],
    ['the absence of a field', '{}', '{"a":[{"exists":false}]}', true],
    ['the absence of one that is there', '{"a":1}', '{"a":[{"exists":false}]}', false],
    ['an object, which is no leaf', '{"a":{}}', '{"a":[{"exists":true}]}', false],
    ['the absence below a missing object', '{}', '{"a":{"b":[{"exists":false}]}}', true],
    ['an element of an array', '{"a":["x","y"]}', '{"a":["y"]}', true],
    ['no element of an array', '{"a":[]}', '{"a":["y"]}', false],
    ['an object in an array', '{"a":[{"b":1},{"b":2}]}', '{"a":{"b":[2]}}', true],
    ['two fields of different objects', '{"a":[{"b":1},{"c":2}]}', '{"a":{"b":[1],"c":[2]}}', false],
    ['an array at the top', '[{"a":"x"}]', '{"a":["x"]}', true],
    ['$or', '{"a":"x","b":"y"}', '{"$or":[{"a":["no"]},{"b":["y"]}]}', true],
    ['$or without a match', '{"a":"x"}', '{"$or":[{"a":["no"]},{"b":["y"]}]}', false],
    ['$or beside a field', '{"a":"x","b":"y"}', '{"a":["no"],"$or":[{"b":["y"]},{"c":["z"]}]}', false],
    ['a name of every object', '{}', '{"constructor":[{"exists":true}]}', false],
  ])('judge %s: %s by %s', (_story, value, pattern, expected) => {
    const passed = passes(value, `{"value":${pattern}}`);

    expect(passed).toBe(expected);
  });

  test('ESM-084 of the fields of a filter are AND-ed', () => {
    const pattern = onValue({ a: ['x'], b: ['y'] });

    const passed = ['{"a":"x","b":"y"}', '{"a":"x","b":"n"}'].map((value) => passes(value, pattern));

    expect(passed).toStrictEqual([true, false]);
  });

  test('ESM-084 of several filters are OR-ed', () => {
    const patterns = [onValue({ a: ['x'] }), onValue({ b: ['y'] })];

    const passed = ['{"b":"y"}', '{"c":"z"}'].map((value) => passes(value, ...patterns));

    expect(passed).toStrictEqual([true, false]);
  });

  test('apply to plain text', () => {
    const pattern = onValue([{ 'anything-but': ['error'] }]);

    const passed = ['fine', 'error', '300', '"quoted"'].map((value) => passes(value, pattern));

    expect(passed).toStrictEqual([true, false, true, true]);
  });
});

describe('a value that a filter cannot judge', () => {
  test.each([
    ['ESM-085 plain text by a JSON pattern', Buffer.from('text'), onValue({ a: ['x'] })],
    ['ESM-085 broken JSON by a JSON pattern', Buffer.from('{"a":'), onValue({ a: ['x'] })],
    ['ESM-085 JSON by a text pattern', Buffer.from('{"a":"x"}'), onValue(['other'])],
    ['ESM-085 bytes that are not UTF-8 by a JSON pattern', Buffer.from([0xc3, 0x28]), onValue({ a: ['x'] })],
    ['ESM-085 bytes that are not UTF-8 by a text pattern', Buffer.from([0xff]), onValue(['x'])],
    ['ESM-086 a tombstone', null, onValue({ a: ['x'] })],
    ['JSON too deep to read', Buffer.from('['.repeat(200_000)), onValue({ a: ['x'] })],
  ])('passes: %s', (_story, value, pattern) => {
    const passed = passes(value, pattern);

    expect(passed).toBe(true);
  });

  test('passes where there is no filter', () => {
    const passed = passes('{"a":1}');

    expect(passed).toBe(true);
  });
});

describe('for any object', () => {
  const objects = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    {
      minKeys: 1,
      noNullPrototype: true,
    },
  );

  test('a pattern of its own fields passes, and fails with one value changed', () => {
    fc.assert(
      fc.property(objects, (fields) => {
        fc.pre(!Object.hasOwn(fields, '$or'));
        const pattern = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
        const [name = ''] = Object.keys(fields);

        const passed = [
          passes(JSON.stringify(fields), onValue(pattern)),
          passes(JSON.stringify({ ...fields, [name]: 'changed by the test' }), onValue(pattern)),
        ];

        expect(passed).toStrictEqual([true, false]);
      }),
    );
  });

  test('anything-but and exists are the opposites of equality and absence', () => {
    fc.assert(
      fc.property(objects, fc.string(), fc.string(), (fields, name, value) => {
        fc.pre(name !== '$or');
        const text = JSON.stringify(fields);
        const [equals, differs, exists, absent] = [
          [value],
          [{ 'anything-but': [value] }],
          [{ exists: true }],
          [{ exists: false }],
        ].map((matchers) => passes(text, onValue({ [name]: matchers })));

        expect(exists).toBe(!(absent ?? false));
        expect([equals, differs].filter(Boolean)).toHaveLength(exists === true ? 1 : 0);
      }),
    );
  });
});
