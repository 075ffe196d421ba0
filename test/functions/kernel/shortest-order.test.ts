import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';
import { anOrderPlaced } from './wire-events.ts';

const TIMESTAMP = Date.parse('2026-11-20T09:15:00.123Z');

function lift(value: unknown, currency: 'EUR' | 'JPY' | 'KWD' = 'EUR'): ReturnType<typeof parseOrderEvent> {
  return parseOrderEvent(value, { currency, timestamp: TIMESTAMP });
}

/** The total in minor units, or the code of the failure. */
function totalOf(value: unknown, currency: 'EUR' | 'JPY' | 'KWD' = 'EUR'): unknown {
  const parsed = lift(value, currency);
  if (!parsed.ok) return parsed.error.code;
  return parsed.value.event.type === 'order.placed' ? parsed.value.event.totalMinor : undefined;
}

test('the shortest order becomes an order without lines and contact, with an event id made of the order id', () => {
  const wire = { order_id: '1000', amount: 10, note: 'from the tutorial' };

  const parsed = lift(wire);

  expect(parsed).toEqual({
    ok: true,
    value: {
      event: {
        type: 'order.placed',
        eventId: 'order-placed:1000',
        orderId: '1000',
        time: '2026-11-20T09:15:00.123Z',
        lines: [],
        currency: 'EUR',
        totalMinor: 1000,
      },
      received: { type: 'order.placed', subject: '1000', data: wire },
    },
  });
});

test('a numeric order id is the same order as its text', () => {
  const parsed = lift({ order_id: 1000, amount: 10 });

  expect(parsed).toMatchObject({ value: { event: { orderId: '1000', eventId: 'order-placed:1000' } } });
});

describe('the amount', () => {
  test.each([
    ['whole euros', '10', 'EUR', 1000],
    ['nothing', '0', 'EUR', 0],
    ['minus nothing', '-0', 'EUR', 0],
    ['cents that no binary fraction hits', '19.99', 'EUR', 1999],
    ['one decimal', '0.1', 'EUR', 10],
    ['decimals that are zero', '12.00', 'EUR', 1200],
    ['a power of ten', '1e3', 'EUR', 100_000],
    ['whole yen', '500', 'JPY', 500],
    ['dinars with three decimals', '1.234', 'KWD', 1234],
    ['15 digits', '9999999999999.99', 'EUR', 999_999_999_999_999],
  ] as const)('is read exactly: %s', (_story, amount, currency, minor) => {
    const total = totalOf(JSON.parse(`{"order_id":"1","amount":${amount}}`), currency);

    expect(total).toBe(minor);
  });

  test.each([
    ['negative', '-1', 'EUR'],
    ['a sum that went wrong in floating point', String(0.1 + 0.2), 'EUR'],
    ['more decimals than the currency has', '1.999', 'EUR'],
    ['decimals in a currency without', '1.5', 'JPY'],
    ['more digits than a JSON number carries', '10000000000000.00', 'EUR'],
    ['beyond 2^53', '9007199254740993', 'JPY'],
    ['beyond all money', '1e308', 'EUR'],
    ['next to nothing', '1e-7', 'EUR'],
    ['more than a number holds', '1e999', 'EUR'],
    ['text', '"12.00"', 'EUR'],
    ['null', 'null', 'EUR'],
    ['a list', '[1]', 'EUR'],
  ] as const)('is poison when it is %s', (_story, amount, currency) => {
    const total = totalOf(JSON.parse(`{"order_id":"1","amount":${amount}}`), currency);

    expect(total).toBe('event-invalid');
  });

  test('is exact for every amount of cents', () => {
    const cents = fc.integer({ min: 0, max: 999_999_999_999_999 });

    fc.assert(
      fc.property(cents, (minor) => {
        const digits = String(minor).padStart(3, '0');
        const json = `{"order_id":"1","amount":${digits.slice(0, -2)}.${digits.slice(-2)}}`;

        expect(totalOf(JSON.parse(json))).toBe(minor);
      }),
    );
  });
});

describe('poison', () => {
  test.each([
    ['the order id is missing a shape', { order_id: 'a#b', amount: 1 }],
    ['the order id is empty', { order_id: '', amount: 1 }],
    ['the order id is negative', { order_id: -1, amount: 1 }],
    ['the order id is a fraction', { order_id: 1.5, amount: 1 }],
    ['the order id is beyond 2^53', { order_id: 2 ** 53, amount: 1 }],
    ['the order id is null', { order_id: null, amount: 1 }],
    ['the amount is missing', { order_id: '1' }],
  ])('%s', (_story, value) => {
    const total = totalOf(value);

    expect(total).toBe('event-invalid');
  });

  test('the record has a timestamp that is no time', () => {
    const parsed = parseOrderEvent({ order_id: '1', amount: 1 }, { currency: 'EUR', timestamp: 9e15 });

    expect(parsed).toEqual({
      ok: false,
      error: { code: 'event-invalid', message: 'The record has no valid timestamp.' },
    });
  });
});

test('a CloudEvent that happens to have an order_id is read as a CloudEvent', () => {
  const parsed = lift({ ...anOrderPlaced(), order_id: 'other', amount: 1 });

  expect(parsed).toMatchObject({ value: { event: { orderId: 'order-1' } } });
});
