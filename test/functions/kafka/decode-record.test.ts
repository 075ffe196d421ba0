import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeHeaders } from '../../../functions/kafka/decode-headers.ts';
import { decodeRecord } from '../../../functions/kafka/decode-record.ts';
import type { KafkaRecord } from '../../../functions/kafka/kafka-event.ts';
import { aKafkaRecord, base64 } from './kafka-events.ts';

function bytes(...numbers: number[]): string {
  return Buffer.from(numbers).toString('base64');
}

/** Lambda sends JSON, so a field may be anything, whatever our types say. */
function fromJson(fields: object): KafkaRecord {
  const parsed: unknown = JSON.parse(JSON.stringify(fields));
  return Object.assign(aKafkaRecord(), parsed);
}

const { value: _value, ...withoutValue } = aKafkaRecord();
const { key: _key, ...withoutKey } = aKafkaRecord();

describe('a record', () => {
  test('is decoded with its coordinates, key, value and headers', () => {
    const wire = aKafkaRecord({
      offset: 7,
      value: base64({ size: 'café' }),
      headers: [{ trace: [48, 49] }],
    });

    const decoded = decodeRecord(wire);

    expect(decoded).toEqual({
      ok: true,
      value: {
        kind: 'value',
        record: {
          topic: 'order-events',
          partition: 0,
          offset: 7,
          timestamp: 1_763_633_700_000,
          key: 'aw==',
          headers: [{ trace: [48, 49] }],
          value: { size: 'café' },
        },
      },
    });
  });

  test.each([
    ['the sign that stands for what is no UTF-8', '\uFFFD'],
    ['more text than most values', 'é'.repeat(100_000)],
    ['little text, after more', 'a'],
    ['as many bytes as are decoded in place', 'x'.repeat(49_150)],
    ['one byte more than that', 'x'.repeat(49_151)],
  ])('may hold %s', (_story, text) => {
    const decoded = decodeRecord(aKafkaRecord({ value: base64(JSON.stringify(text)) }));

    expect(decoded).toMatchObject({ ok: true, value: { record: { value: text } } });
  });

  test.each([
    ['a key', aKafkaRecord({ key: base64('k') }), 'aw=='],
    ['an absent key', withoutKey, undefined],
    ['a null key', aKafkaRecord({ key: null }), undefined],
    ['an empty key', aKafkaRecord({ key: '' }), undefined],
  ])('may have %s', (_story, wire, key) => {
    const decoded = decodeRecord(wire);

    expect(decoded).toMatchObject({ ok: true, value: { record: { key } } });
  });

  test.each([
    ['no headers', [], []],
    ['absent headers', null, []],
    ['signed bytes of several', [{ h: [-61, -87] }], [['h', 'é']]],
    ['unsigned bytes', [{ h: [195, 169] }], [['h', 'é']]],
    [
      'a repeated name',
      [{ h: [97] }, { h: [98] }],
      [
        ['h', 'a'],
        ['h', 'b'],
      ],
    ],
    ['an empty value', [{ h: [] }], [['h', '']]],
    ['a null value', [{ h: null }], [['h', '']]],
    ['bytes that are no text', [{ h: [-1, -2] }], [['h', '\uFFFD\uFFFD']]],
  ])('may have %s', (_story, headers, expected) => {
    const decoded = decodeRecord(fromJson({ headers }));

    const received = decoded.ok && decoded.value.kind === 'value' ? decoded.value.record.headers : [];
    expect(decodeHeaders(received).map(({ key, value }) => [key, Buffer.from(value).toString()])).toEqual(
      expected,
    );
  });

  test.each([
    ['null', { ...aKafkaRecord(), value: null }],
    ['absent', withoutValue],
  ])('is a tombstone when its value is %s', (_story, wire) => {
    const decoded = decodeRecord(wire);

    expect(decoded).toEqual({ ok: true, value: { kind: 'tombstone' } });
  });
});

describe('poison', () => {
  test.each([
    ['a value that is no base64', { value: '%%%' }, 'value-not-base64', 'The value is not base64.'],
    ['base64 that is cut off', { value: 'e30' }, 'value-not-base64', 'The value is not base64.'],
    ['base64 with something in between', { value: 'e3 0=' }, 'value-not-base64', 'The value is not base64.'],
    ['two values in one', { value: 'e30=e30=' }, 'value-not-base64', 'The value is not base64.'],
    ['invalid UTF-8', { value: bytes(0x22, 0xff, 0x22) }, 'value-not-utf8', 'The value is not UTF-8 text.'],
    [
      'a lone surrogate',
      { value: bytes(0x22, 0xed, 0xa0, 0x80, 0x22) },
      'value-not-utf8',
      'The value is not UTF-8 text.',
    ],
    [
      'a byte order mark',
      { value: bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d) },
      'value-not-json',
      'The value begins with a byte order mark, which JSON must not have: produce UTF-8 without one.',
    ],
    [
      'a byte order mark of UTF-16',
      { value: Buffer.from('\uFEFF{}', 'utf16le').toString('base64') },
      'value-not-json',
      'The value begins with a byte order mark of UTF-16: produce JSON in UTF-8 without one.',
    ],
    [
      "Confluent's wire format",
      { value: bytes(0, 0, 0, 0, 42, 0x7b, 0x7d) },
      'value-not-json',
      "The value begins with Confluent's magic byte and the id of a schema: produce plain JSON, or let the mapping " +
        'decode it (SchemaRegistryConfig with EventRecordFormat JSON).',
    ],
    [
      'the wire format of the AWS Glue schema registry',
      { value: bytes(3, 5, ...Array.from({ length: 16 }, (_item, index) => 200 + index), 1) },
      'value-not-json',
      'The value begins with the header of the AWS Glue schema registry: produce plain JSON, or let the mapping ' +
        'decode it (SchemaRegistryConfig with EventRecordFormat JSON).',
    ],
    [
      'truncated JSON',
      { value: base64('{"a":') },
      'value-not-json',
      'The value, 5 bytes of text, is not JSON.',
    ],
    ['NUL', { value: bytes(0) }, 'value-not-json', 'The value, 1 bytes of text, is not JSON.'],
    ['an empty value', { value: '' }, 'value-not-json', 'The value, 0 bytes of text, is not JSON.'],
    [
      'a number that JSON does not have',
      { value: base64('NaN') },
      'value-not-json',
      'The value, 3 bytes of text, is not JSON.',
    ],
    ['a value that is no text', { value: 7 }, 'record-malformed', 'The value is neither text nor null.'],
    ['a key that is no text', { key: [] }, 'record-malformed', 'The key is neither text nor null.'],
    [
      'headers that are no list',
      { headers: {} },
      'record-malformed',
      'The headers are not a list of names with a list of bytes each.',
    ],
    [
      'a header that is no object',
      { headers: ['h'] },
      'record-malformed',
      'The headers are not a list of names with a list of bytes each.',
    ],
    [
      'header bytes that are no numbers',
      { headers: [{ h: ['a'] }] },
      'record-malformed',
      'The headers are not a list of names with a list of bytes each.',
    ],
  ])('is %s', (_story, fields, code, message) => {
    const decoded = decodeRecord(fromJson(fields));

    expect(decoded).toEqual({ ok: false, error: { code, message } });
  });
});

test('JSON nested 10,000 deep is decoded like any other', () => {
  const decoded = decodeRecord(aKafkaRecord({ value: base64('['.repeat(10_000) + ']'.repeat(10_000)) }));

  expect(decoded.ok).toBe(true);
});

test('decoding is the inverse of encoding, for every JSON value and all bytes of a header', () => {
  const signedBytes = fc.array(fc.integer({ min: -128, max: 127 }));

  fc.assert(
    fc.property(fc.json(), signedBytes, (json, signed) => {
      const decoded = decodeRecord(aKafkaRecord({ value: base64(json), headers: [{ h: signed }] }));

      const value: unknown = JSON.parse(json);
      const headers = [{ h: signed }];
      expect(decoded).toEqual({
        ok: true,
        value: { kind: 'value', record: expect.objectContaining({ value, headers }) },
      });
      expect(decodeHeaders(headers)).toEqual([{ key: 'h', value: new Uint8Array(signed) }]);
    }),
  );
});

test('every key, value and header gets an answer, whatever it is', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.uint8Array().map((raw) => Buffer.from(raw).toString('base64')),
    fc.base64String(),
  );

  fc.assert(
    fc.property(anything, anything, anything, (key, value, headers) => {
      const decoded = decodeRecord(fromJson({ key, value, headers }));

      expect(typeof decoded.ok).toBe('boolean');
    }),
    { numRuns: 500 },
  );
});
