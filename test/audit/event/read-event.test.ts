import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readEvent, type AuditedEvent } from '../../../audit/event/read-event.ts';
import { payloadHash } from '../../../functions/idempotency/payload-hash.ts';
import { decodeRecord } from '../../../functions/kafka/decode-record.ts';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';
import { aLine, anOrderCancelled, anOrderPlaced } from '../../functions/kernel/wire-events.ts';

const TIMESTAMP = 1_700_000_000_000;

/** The same value as the consumers read it. */
function asConsumersRead(value: Buffer | null): unknown {
  const decoded = decodeRecord({
    topic: 't',
    partition: 0,
    offset: 0,
    timestamp: TIMESTAMP,
    timestampType: 'CREATE_TIME',
    value: value?.toString('base64') ?? null,
  });
  if (!decoded.ok) return { kind: 'poison' };
  if (decoded.value.kind === 'tombstone') return { kind: 'tombstone' };
  const parsed = parseOrderEvent(decoded.value.record.value, { currency: 'USD', timestamp: TIMESTAMP });
  if (!parsed.ok) return { kind: 'poison' };
  const { event } = parsed.value;
  const { eventId, orderId, corrects: rootId = eventId } = event;
  const identity = { eventId, rootId, orderId, hash: payloadHash(parsed.value) };
  if (event.type === 'order.cancelled') return { kind: 'cancelled', ...identity };
  const { time, currency, totalMinor, lines, customer } = event;
  const pieces = new Map<string, number>();
  for (const { sku, quantity } of lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  const { email, phone } = customer ?? {};
  return { kind: 'placed', ...identity, time, currency, totalMinor, pieces, email, phone };
}

const read = (value: Buffer | null): AuditedEvent => readEvent({ value, timestamp: TIMESTAMP }, 'USD');

const VALUES: readonly [story: string, value: unknown][] = [
  ['an order', anOrderPlaced()],
  ['an order that corrects another', anOrderPlaced({}, { corrects: 'order-1-placed' })],
  ['an order that corrects a number', anOrderPlaced({}, { corrects: 7 })],
  ['an order without contact', anOrderPlaced({ customer: undefined })],
  ['an order with unknown fields', anOrderPlaced({ gift: { wrap: true } }, { more: [1, null] })],
  ['one sku on several lines', anOrderPlaced({ lines: [aLine(), aLine()], total: 200 })],
  ['a cancellation', anOrderCancelled({ reason: 'late' })],
  ['a reason that is too long', anOrderCancelled({ reason: 'x'.repeat(501) })],
  [
    'a reason of 300 characters outside the first plane',
    anOrderCancelled({ reason: '\u{1F375}'.repeat(300) }),
  ],
  ['the shortest order', { order_id: 1000, amount: 10 }],
  ['the shortest order with cents', { order_id: 'a', amount: 10.05, note: { z: 1, a: 2 } }],
  ['too many decimals', { order_id: 'a', amount: 10.005 }],
  ['a sum of binary fractions', { order_id: 'a', amount: 0.1 + 0.2 }],
  ['a very large amount', { order_id: 'a', amount: 1e20 }],
  ['an amount as text', { order_id: 'a', amount: '12.00' }],
  ['an order id with a separator', { order_id: 'a#b', amount: 1 }],
  ['both an order id and a version', { ...anOrderPlaced(), order_id: 'a' }],
  ['a total that is not the sum', anOrderPlaced({ total: 1 })],
  ['a quantity of 0', anOrderPlaced({ lines: [aLine({ quantity: 0 })], total: 0 })],
  ['half a piece', anOrderPlaced({ lines: [aLine({ quantity: 1.5 })], total: 150 })],
  ['an unknown currency', anOrderPlaced({ currency: 'XXX' })],
  ['an unknown type', anOrderPlaced({}, { type: 'order.shipped' })],
  ['another major version', anOrderPlaced({}, { dataschema: 'urn:order-events:order.placed:2.0' })],
  ['another minor version', anOrderPlaced({}, { dataschema: 'urn:order-events:order.placed:1.9' })],
  ['an impossible date', anOrderPlaced({}, { time: '2026-02-30T00:00:00Z' })],
  ['an e-mail address that is none', anOrderPlaced({ customer: { email: 'nobody' } })],
  ['a number that is none', anOrderPlaced({ customer: { phone: '0151' } })],
  ['no id', anOrderPlaced({}, { id: undefined })],
  [
    '100 skus',
    anOrderPlaced({ lines: Array.from({ length: 100 }, (_, n) => aLine({ sku: `s${n}` })), total: 10_000 }),
  ],
  ['a list', []],
  ['nothing', null],
];

describe('the auditor and the consumers read the same in', () => {
  test.each(VALUES)('%s', (_story, value) => {
    const bytes = Buffer.from(JSON.stringify(value));

    const event = read(bytes);

    expect(event).toEqual(asConsumersRead(bytes));
  });

  test.each([
    ['no value', null],
    ['no bytes', Buffer.alloc(0)],
    ['text that is not JSON', Buffer.from('{"a":')],
    ['a byte order mark', Buffer.from('\uFEFF{}')],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a minus zero', Buffer.from('{"order_id":"a","amount":-0}')],
    ['a name twice', Buffer.from('{"order_id":"a","amount":1,"amount":2}')],
    ['a prototype', Buffer.from('{"order_id":"a","amount":1,"__proto__":{"x":1}}')],
    ['deep nesting', Buffer.from(`{"order_id":"a","amount":1,"x":${'['.repeat(31)}${']'.repeat(31)}}`)],
    ['deeper nesting', Buffer.from(`{"order_id":"a","amount":1,"x":${'['.repeat(32)}${']'.repeat(32)}}`)],
  ])('%s', (_story, bytes) => {
    const event = read(bytes);

    expect(event).toEqual(asConsumersRead(bytes));
  });

  test('any changed order', () => {
    const change = fc.record({
      name: fc.constantFrom('id', 'subject', 'time', 'data', 'source'),
      value: fc.jsonValue(),
    });

    fc.assert(
      fc.property(change, ({ name, value }) => {
        const bytes = Buffer.from(JSON.stringify(anOrderPlaced({}, { [name]: value })));

        expect(read(bytes)).toEqual(asConsumersRead(bytes));
      }),
    );
  });
});
