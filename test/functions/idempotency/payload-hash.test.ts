import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../functions/idempotency/canonical-json.ts';
import { payloadHash } from '../../../functions/idempotency/payload-hash.ts';
import { aPlaced } from '../received-events.ts';

describe('canonical JSON', () => {
  test.each([
    {
      story: 'sorts keys at every level',
      value: { b: [{ d: 1, c: 2 }], a: 'x' },
      text: '{"a":"x","b":[{"c":2,"d":1}]}',
    },
    {
      story: 'sorts by code units, upper case first',
      value: { b: 1, B: 2, ä: 3 },
      text: '{"B":2,"b":1,"ä":3}',
    },
    { story: 'sorts numeric keys as text', value: { 10: 1, 9: 2 }, text: '{"10":1,"9":2}' },
    { story: 'keeps the order of an array', value: [2, 1, null], text: '[2,1,null]' },
    { story: 'counts a missing value as null', value: undefined, text: 'null' },
    {
      story: 'keeps a key named __proto__',
      value: JSON.parse('{"__proto__":{"a":1}}') as unknown,
      text: '{"__proto__":{"a":1}}',
    },
    { story: 'escapes as JSON does', value: 'a"\n\ud800', text: String.raw`"a\"\n\ud800"` },
  ])('$story', ({ value, text }) => {
    const canonical = canonicalJson(value);

    expect(canonical).toBe(text);
  });

  test('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);

        const canonical = canonicalJson(value);

        expect(JSON.parse(canonical)).toEqual(JSON.parse(json));
      }),
    );
  });
});

describe('the payload hash', () => {
  test('is the SHA-256 of the canonical type, subject and data', () => {
    const received = { type: 'order.placed', subject: 'order-1', data: { b: 1, a: 2 } };

    const hash = payloadHash({ ...aPlaced(), received });

    const text = '{"data":{"a":2,"b":1},"subject":"order-1","type":"order.placed"}';
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('does not depend on event id and time', () => {
    const first = payloadHash(aPlaced());

    const again = payloadHash(aPlaced({ eventId: 'event-2', time: '2027-01-01T00:00:00Z' }));

    expect(again).toBe(first);
  });
});
