import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';
import { aLine, anOrderCancelled, anOrderPlaced } from './wire-events.ts';

const CONTEXT = { currency: 'EUR', timestamp: 1_700_000_000_000 } as const;

/** What JSON text becomes, which may differ from what the same JavaScript literal is (`__proto__`, -0). */
function parseText(json: string): ReturnType<typeof parseOrderEvent> {
  return parseOrderEvent(JSON.parse(json), CONTEXT);
}

function linesOf(count: number, distinct: number): object {
  const lines = Array.from({ length: count }, (_, index) => aLine({ sku: `sku-${index % distinct}` }));
  return { lines, total: count * 100 };
}

describe('an order event', () => {
  test('keeps what was received beside the validated order', () => {
    const wire = anOrderPlaced({ giftWrap: true });

    const parsed = parseOrderEvent(wire, CONTEXT);

    expect(parsed).toEqual({
      ok: true,
      value: {
        event: {
          type: 'order.placed',
          eventId: 'evt-1',
          orderId: 'order-1',
          time: '2026-11-20T10:15:00+01:00',
          customer: { email: 'ada@example.com', phone: '+4915112345678' },
          lines: [
            { sku: 'mug', quantity: 2, unitPriceMinor: 850 },
            { sku: 'tea', quantity: 1, unitPriceMinor: 299 },
          ],
          currency: 'EUR',
          totalMinor: 1999,
        },
        received: { type: 'order.placed', subject: 'order-1', data: wire['data'] },
      },
    });
  });

  test('is read as a cancellation with its reason', () => {
    const parsed = parseOrderEvent(anOrderCancelled({ reason: 'changed my mind' }), CONTEXT);

    expect(parsed).toEqual({
      ok: true,
      value: {
        event: {
          type: 'order.cancelled',
          eventId: 'evt-2',
          orderId: 'order-1',
          time: '2026-11-20T10:15:00+01:00',
          reason: 'changed my mind',
        },
        received: { type: 'order.cancelled', subject: 'order-1', data: { reason: 'changed my mind' } },
      },
    });
  });

  test.each([
    [
      'unknown attributes and fields at every level',
      { ...anOrderPlaced({ customer: { nick: 'x' } }), extra: 1 },
    ],
    [
      'no data schema and no content type',
      anOrderPlaced({}, { dataschema: undefined, datacontenttype: undefined }),
    ],
    ['a later minor version', anOrderPlaced({}, { dataschema: 'urn:order-events:order.placed:1.7' })],
    ['no customer', anOrderPlaced({ customer: undefined })],
    ['a customer without any contact', anOrderPlaced({ customer: {} })],
    ['a total of 0', anOrderPlaced({ lines: [aLine({ unitPrice: 0 })], total: 0 })],
    ['one sku on several lines', anOrderPlaced(linesOf(3, 1))],
    ['99 distinct skus on 200 lines', anOrderPlaced(linesOf(200, 99))],
    [
      'the largest quantity and price',
      anOrderPlaced({ lines: [aLine({ quantity: 1e6, unitPrice: 1e9 })], total: 1e15 }),
    ],
    ['an id of 128 characters', anOrderPlaced({}, { id: 'a'.repeat(128), subject: 'a:._@+=-9' })],
    ['the year 9999 at the edge of time zones', anOrderPlaced({}, { time: '9999-12-31T23:59:59.999-23:59' })],
    ['a cancellation without a reason', anOrderCancelled()],
    ['script in free text', anOrderCancelled({ reason: '<script>alert(1)</script>' })],
  ])('is accepted with %s', (_story, wire) => {
    const parsed = parseText(JSON.stringify(wire));

    expect(parsed.ok).toBe(true);
  });

  test('counts a -0 as 0', () => {
    const json = JSON.stringify(anOrderPlaced({ lines: [aLine({ unitPrice: 'minus' })], total: 'minus' }));

    const parsed = parseText(json.replaceAll('"minus"', '-0'));

    expect(parsed).toMatchObject({ value: { event: { totalMinor: 0, lines: [{ unitPriceMinor: 0 }] } } });
  });
});

describe('poison', () => {
  test.each([
    ['null', null, 'The value is not a JSON object.'],
    ['a number', 7, 'The value is not a JSON object.'],
    ['a list', [], 'The value is not a JSON object.'],
    ['an empty object', {}, 'The value has neither a type (CloudEvents) nor an order_id (shortest order).'],
    [
      'another CloudEvents version',
      anOrderPlaced({}, { specversion: '0.3' }),
      'specversion is not an allowed value',
    ],
    [
      'a binary content type',
      anOrderPlaced({}, { datacontenttype: 'a/b' }),
      'datacontenttype is not an allowed value',
    ],
    ['no event id', anOrderPlaced({}, { id: undefined }), 'id is not of type string'],
    ['a numeric order id', anOrderPlaced({}, { subject: 1000 }), 'subject is not of type string'],
    [
      'an id that imitates a table key',
      anOrderPlaced({}, { subject: '1#INVOICE' }),
      'subject is not of the allowed shape (regex)',
    ],
    [
      'an id with a path',
      anOrderPlaced({}, { subject: '../1' }),
      'subject is not of the allowed shape (regex)',
    ],
    [
      'an id with a line break',
      anOrderPlaced({}, { subject: '1\n' }),
      'subject is not of the allowed shape (regex)',
    ],
    ['an id of 2 KB', anOrderPlaced({}, { id: 'a'.repeat(2048) }), 'id is not of the allowed shape (regex)'],
    [
      'an id that is a prototype',
      anOrderPlaced({}, { id: '__proto__' }),
      'id is not of the allowed shape (regex)',
    ],
    ['no source', anOrderPlaced({}, { source: '' }), 'source is less than the minimum of 1'],
    [
      'a local time',
      anOrderPlaced({}, { time: '2026-11-20T10:15:00' }),
      'time is not of the allowed shape (datetime)',
    ],
    [
      'a day that does not exist',
      anOrderPlaced({}, { time: '2026-02-30T10:15:00Z' }),
      'time is not of the allowed shape (datetime)',
    ],
    [
      'the data schema of another type',
      anOrderPlaced({}, { dataschema: 'urn:order-events:order.cancelled:1.0' }),
      'dataschema is not of the allowed shape (regex)',
    ],
    ['no data', anOrderPlaced({}, { data: undefined }), 'data is not of type object'],
    ['data null', anOrderPlaced({}, { data: null }), 'data is not of type object'],
    ['customer null', anOrderPlaced({ customer: null }), 'data.customer is not of type object'],
    [
      'an e-mail with a header in it',
      anOrderPlaced({ customer: { email: 'a@b.c\nBcc: x@y.z' } }),
      'data.customer.email is not of the allowed shape (email)',
    ],
    [
      'a phone number without country',
      anOrderPlaced({ customer: { phone: '0151123456' } }),
      'data.customer.phone is not of the allowed shape (e164)',
    ],
    ['no lines', anOrderPlaced({ lines: [], total: 0 }), 'data.lines is less than the minimum of 1'],
    ['201 lines', anOrderPlaced(linesOf(201, 1)), 'data.lines is more than the maximum of 200'],
    ['100 distinct skus', anOrderPlaced(linesOf(100, 100)), 'data.lines holds more than 99 distinct skus'],
    [
      'a sku with a separator',
      anOrderPlaced({ lines: [aLine({ sku: 'a#b' })], total: 100 }),
      'data.lines.0.sku is not of the allowed shape (regex)',
    ],
    [
      'a quantity of 0',
      anOrderPlaced({ lines: [aLine({ quantity: 0 })], total: 0 }),
      'data.lines.0.quantity is less than the minimum of 1',
    ],
    [
      'a negative quantity',
      anOrderPlaced({ lines: [aLine({ quantity: -1 })], total: -100 }),
      'data.lines.0.quantity is less than the minimum of 1; data.total is less than the minimum of 0',
    ],
    [
      'half a piece',
      anOrderPlaced({ lines: [aLine({ quantity: 1.5 })], total: 150 }),
      'data.lines.0.quantity is not of type int',
    ],
    [
      'a quantity above the limit',
      anOrderPlaced({ lines: [aLine({ quantity: 1_000_001 })], total: 100_000_100 }),
      'data.lines.0.quantity is more than the maximum of 1000000',
    ],
    [
      'a price above the limit',
      anOrderPlaced({ lines: [aLine({ unitPrice: 1e9 + 1 })], total: 1e9 + 1 }),
      'data.lines.0.unitPrice is more than the maximum of 1000000000',
    ],
    [
      'a price as text',
      anOrderPlaced({ lines: [aLine({ unitPrice: '100' })], total: 100 }),
      'data.lines.0.unitPrice is not of type number',
    ],
    ['a total that is not the sum', anOrderPlaced({ total: 1998 }), 'data.total is not the sum of the lines'],
    [
      'a total above 2^53',
      anOrderPlaced({ total: 2 ** 53 }),
      'data.total is more than the maximum of 9007199254740991',
    ],
    [
      'a total of 1e308',
      anOrderPlaced({ total: 1e308 }),
      'data.total is more than the maximum of 9007199254740991',
    ],
    ['an unknown currency', anOrderPlaced({ currency: 'DOGE' }), 'data.currency is not an allowed value'],
    ['a lower-case currency', anOrderPlaced({ currency: 'eur' }), 'data.currency is not an allowed value'],
    [
      'a currency named like a prototype',
      anOrderPlaced({ currency: 'constructor' }),
      'data.currency is not an allowed value',
    ],
    [
      'a reason that is too long',
      anOrderCancelled({ reason: 'x'.repeat(501) }),
      'data.reason is more than the maximum of 500',
    ],
  ])('is a value that is %s', (_story, wire, message) => {
    const parsed = parseText(JSON.stringify(wire));

    expect(parsed).toEqual({
      ok: false,
      error: { code: 'event-invalid', message: expect.stringContaining(message) },
    });
  });

  test.each([
    ['another type', anOrderPlaced({}, { type: 'order.refunded' }), 'event-type-unknown'],
    ['a type of Object.prototype', anOrderPlaced({}, { type: 'constructor' }), 'event-type-unknown'],
    [
      'another major version',
      anOrderPlaced({}, { dataschema: 'urn:order-events:order.placed:2.0' }),
      'event-version-unknown',
    ],
    [
      'another major version of an unknown type',
      anOrderPlaced({}, { type: 'x', dataschema: 'urn:order-events:x:10.1' }),
      'event-version-unknown',
    ],
  ])('is an event of %s', (_story, wire, code) => {
    const parsed = parseOrderEvent(wire, CONTEXT);

    expect(parsed).toEqual({ ok: false, error: { code, message: expect.any(String) } });
  });

  test.each([
    ['nesting 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['nesting one level too deep', `${'['.repeat(31)}${']'.repeat(31)}`],
  ])('is an unknown field with %s', (_story, deep) => {
    const json = JSON.stringify(anOrderCancelled({ more: 'deep' })).replace('"deep"', deep);

    const parsed = parseText(json);

    expect(parsed).toEqual({
      ok: false,
      error: { code: 'event-invalid', message: 'The value is nested more than 32 levels deep.' },
    });
  });

  test('is not an unknown field that is nested as deep as allowed', () => {
    const deep = `${'['.repeat(30)}${']'.repeat(30)}`;

    const parsed = parseText(JSON.stringify(anOrderCancelled({ more: 'deep' })).replace('"deep"', deep));

    expect(parsed.ok).toBe(true);
  });

  test('is named by its first five faults', () => {
    const lines = Array.from({ length: 9 }, () => aLine({ quantity: 0 }));

    const parsed = parseOrderEvent(anOrderPlaced({ lines, total: 0 }), CONTEXT);

    expect(parsed).toEqual({
      ok: false,
      error: {
        code: 'event-invalid',
        message:
          'The event does not fit its schema: ' +
          [0, 1, 2, 3, 4].map((n) => `data.lines.${n}.quantity is less than the minimum of 1`).join('; ') +
          '; and 4 more.',
      },
    });
  });

  test('is a list of 100,000 lines, refused without looking at each', () => {
    const lines = Array.from({ length: 100_000 }, () => 0);

    const parsed = parseOrderEvent(anOrderPlaced({ lines }), CONTEXT);

    expect(parsed).toMatchObject({
      error: { message: expect.stringContaining('data.lines is more than the maximum') },
    });
  });
});

test('prototype keys neither change an event nor pollute anything', () => {
  const pollution = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
  const json = JSON.stringify(anOrderPlaced());

  const parsed = parseText(json.replaceAll('{', `{${pollution}`));

  expect(parsed).toMatchObject({ ok: true, value: { event: { totalMinor: 1999 } } });
  expect({}).not.toHaveProperty('polluted');
  expect(parsed.ok && Object.hasOwn(parsed.value.event, '__proto__')).toBe(false);
});

test('the last one of duplicate keys counts', () => {
  const parsed = parseText('{"order_id":"1","amount":1,"amount":2}');

  expect(parsed).toMatchObject({ value: { event: { totalMinor: 200 } } });
});

test('every value gets an answer, and a refusal quotes nothing of it', () => {
  const secret = 'SECRET-canary';
  const values = fc.oneof(
    fc.jsonValue(),
    fc
      .constantFrom('data', 'id', 'subject', 'type', 'time', 'dataschema', 'specversion')
      .map((attribute) => anOrderPlaced({}, { [attribute]: secret })),
    fc
      .dictionary(fc.constantFrom('customer', 'lines', 'currency', 'total', secret), fc.jsonValue())
      .map((data) => anOrderPlaced({ ...data, currency: secret })),
    fc.jsonValue().map((amount) => ({ order_id: secret, amount })),
  );

  fc.assert(
    fc.property(values, (value) => {
      const parsed = parseOrderEvent(value, CONTEXT);

      expect(parsed.ok ? '' : JSON.stringify(parsed.error)).not.toContain(secret);
    }),
  );
});
