import { expect, test } from '@jest/globals';
import { parkInQueue } from '../../../functions/kafka/park-in-queue.ts';
import type { KafkaRecord } from '../../../functions/kafka/kafka-event.ts';
import type { PoisonFailure } from '../../../functions/kernel/record-failure.ts';
import { aKafkaRecord } from './kafka-events.ts';

const FAILURE: PoisonFailure = {
  code: 'value-not-json',
  message: 'not JSON',
  cause: new Error('quotes a payload'),
};
const MAX_BYTES = 1_048_576;

async function bodyFor(record: KafkaRecord): Promise<string> {
  const bodies: string[] = [];
  const park = parkInQueue({
    group: 'billing-group',
    functionVersion: '7',
    now: () => new Date('2026-11-20T10:00:00Z'),
    send: async (body) => {
      bodies.push(body);
    },
  });
  await park(record, FAILURE);
  return bodies.join();
}

const PARKING = {
  version: 1,
  group: 'billing-group',
  functionVersion: '7',
  parkedAt: '2026-11-20T10:00:00.000Z',
  topic: 'order-events',
  partition: 2,
  offset: 41,
  timestamp: 1_763_633_700_000,
  timestampType: 'CREATE_TIME',
  reason: 'value-not-json',
  message: 'not JSON',
};

test.each([
  ['key, value and headers', { key: 'aw==', value: '%%', headers: [{ h: [-1] }] }],
  ['a null key and a null value', { key: null, value: null, headers: [] }],
])('a parked record holds what was received: %s', async (_story, content) => {
  const body = await bodyFor(aKafkaRecord({ partition: 2, offset: 41, ...content }));

  expect(JSON.parse(body)).toEqual({ kind: 'parked-record', ...PARKING, ...content });
});

test('absent parts stay absent', async () => {
  const {
    key: _key,
    headers: _headers,
    ...record
  } = aKafkaRecord({ partition: 2, offset: 41, value: 'e30=' });

  const body = await bodyFor(record);

  expect(JSON.parse(body)).toEqual({ kind: 'parked-record', ...PARKING, value: 'e30=' });
});

test('a record that just fits into a message is sent whole, and one byte more makes it a pointer', async () => {
  const empty = aKafkaRecord({ partition: 2, offset: 41, value: '' });
  const room = MAX_BYTES - Buffer.byteLength(await bodyFor(empty));

  const fitting = await bodyFor({ ...empty, value: 'A'.repeat(room) });
  const tooLarge = await bodyFor({ ...empty, value: 'A'.repeat(room + 1) });

  expect(Buffer.byteLength(fitting)).toBe(MAX_BYTES);
  expect(JSON.parse(fitting)).toMatchObject({ kind: 'parked-record' });
  expect(JSON.parse(tooLarge)).toEqual({ kind: 'parked-record-pointer', ...PARKING });
});

test('the size counts bytes, not characters', async () => {
  const body = await bodyFor(aKafkaRecord({ partition: 2, offset: 41, value: 'ä'.repeat(MAX_BYTES / 2) }));

  expect(JSON.parse(body)).toEqual({ kind: 'parked-record-pointer', ...PARKING });
});

test('a body has only characters that SQS takes', async () => {
  const value = '\u0000\u001F\uD800\uFFFE\uFFFF\u{1F600}';

  const body = await bodyFor(aKafkaRecord({ value, headers: [{ '\uFFFF\u0001': [] }] }));

  expect(body).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  expect(JSON.parse(body)).toMatchObject({ value, headers: [{ '\uFFFF\u0001': [] }] });
});
