import { expect, test } from '@jest/globals';
import type { KafkaRecord, RecordsBatch } from '@platformatic/kafka';
import { decodeFetched } from '../../../../../local/event-source-mapping/poller/consumer/decode-fetched.ts';

const LOG_APPEND_TIME = 8;
const TRANSACTIONAL = 16;
const CONTROL = 32;
const NOW = 1_700_000_000_000;
const PRODUCER = 7n;

const P0 = { topic: 'orders', partition: 0 };

function aRecord(overrides: Partial<KafkaRecord> = {}): KafkaRecord {
  return {
    length: 0,
    attributes: 0,
    timestampDelta: 0n,
    offsetDelta: 0,
    key: Buffer.from('k'),
    value: Buffer.from('v'),
    headers: [],
    ...overrides,
  };
}

/** A batch with a record at each offset from the first on. */
function aBatch(firstOffset: number, count: number, overrides: Partial<RecordsBatch> = {}): RecordsBatch {
  return {
    firstOffset: BigInt(firstOffset),
    length: 0,
    partitionLeaderEpoch: 0,
    magic: 2,
    crc: 0,
    attributes: 0,
    lastOffsetDelta: count - 1,
    firstTimestamp: BigInt(NOW),
    maxTimestamp: BigInt(NOW),
    producerId: -1n,
    producerEpoch: 0,
    firstSequence: 0,
    records: Array.from({ length: count }, (_, offsetDelta) => aRecord({ offsetDelta })),
    ...overrides,
  };
}

/** Ends a transaction: type 0 aborts, type 1 commits. */
function aMarker(offset: number, type: 0 | 1, producerId = PRODUCER): RecordsBatch {
  return aBatch(offset, 1, {
    attributes: TRANSACTIONAL | CONTROL,
    producerId,
    records: [aRecord({ key: Buffer.from([0, 0, 0, type]) })],
  });
}

function inTransaction(firstOffset: number, count: number, producerId = PRODUCER): RecordsBatch {
  return aBatch(firstOffset, count, { attributes: TRANSACTIONAL, producerId });
}

function offsetsOf(
  records: readonly RecordsBatch[],
  aborted: readonly (readonly [bigint, number])[],
): number[] {
  const abortedTransactions = aborted.map(([producerId, first]) => ({
    producerId,
    firstOffset: BigInt(first),
  }));
  return decodeFetched(P0, { records: [...records], abortedTransactions }, 0).records.map(
    ({ offset }) => offset,
  );
}

test('a record keeps its bytes, and its headers their order, repeated names and numbers as names included', () => {
  const headers = [
    ['trace', 'one'],
    ['10', 'ten'],
    ['2', 'two'],
    ['trace', 'another'],
    ['none', null],
  ] as const;
  const record = aRecord({
    key: null,
    value: null,
    timestampDelta: 5n,
    headers: headers.map(([name, value]) => [Buffer.from(name), value === null ? null : Buffer.from(value)]),
  });

  const fetched = decodeFetched(
    P0,
    { records: [aBatch(41, 1, { records: [record] })], abortedTransactions: null },
    41,
  );

  expect(fetched).toStrictEqual({
    records: [
      {
        topic: 'orders',
        partition: 0,
        offset: 41,
        timestamp: NOW + 5,
        timestampType: 'CREATE_TIME',
        key: null,
        value: null,
        headers: headers.map(([key, value]) => ({ key, value: Buffer.from(value ?? '') })),
      },
    ],
    next: 42,
  });
});

test('a record that the broker stamped has the time of its batch', () => {
  const batch = aBatch(0, 1, {
    attributes: LOG_APPEND_TIME,
    maxTimestamp: BigInt(NOW + 99),
    records: [aRecord({ timestampDelta: 5n })],
  });

  const { records } = decodeFetched(P0, { records: [batch], abortedTransactions: null }, 0);

  expect(records).toMatchObject([{ timestamp: NOW + 99, timestampType: 'LOG_APPEND_TIME' }]);
});

test('records before the offset that was asked for are left out', () => {
  const { records, next } = decodeFetched(P0, { records: [aBatch(10, 5)], abortedTransactions: null }, 13);

  expect(records.map(({ offset }) => offset)).toEqual([13, 14]);
  expect(next).toBe(15);
});

test('offsets that compaction removed from the end of a batch are not fetched again', () => {
  const compacted = aBatch(10, 1, { lastOffsetDelta: 9 });

  const { records, next } = decodeFetched(P0, { records: [compacted], abortedTransactions: null }, 10);

  expect(records.map(({ offset }) => offset)).toEqual([10]);
  expect(next).toBe(20);
});

test('a fetch without new records continues at the same offset', () => {
  const fetched = [null, []].map((records) => decodeFetched(P0, { records, abortedTransactions: null }, 13));

  expect(fetched).toStrictEqual([
    { records: [], next: 13 },
    { records: [], next: 13 },
  ]);
});

test('markers of transactions are passed over', () => {
  const batches = [inTransaction(0, 2), aMarker(2, 1)];

  const { records, next } = decodeFetched(P0, { records: batches, abortedTransactions: [] }, 0);

  expect(records.map(({ offset }) => offset)).toEqual([0, 1]);
  expect(next).toBe(3);
});

test.each([
  {
    rule: 'an aborted transaction is left out up to its marker',
    records: [inTransaction(0, 2), aMarker(2, 0), inTransaction(3, 1)],
    aborted: [[PRODUCER, 0]],
    expected: [3],
  },
  {
    rule: 'one whose marker is not fetched yet is left out',
    records: [inTransaction(0, 2), inTransaction(2, 2)],
    aborted: [[PRODUCER, 0]],
    expected: [],
  },
  {
    rule: 'one that began before the fetch is left out',
    records: [inTransaction(5, 2), aMarker(7, 0), inTransaction(8, 1)],
    aborted: [[PRODUCER, 1]],
    expected: [8],
  },
  {
    rule: 'two of one producer are left out, and not what it committed between them',
    records: [
      inTransaction(0, 1),
      aMarker(1, 0),
      inTransaction(2, 1),
      aMarker(3, 1),
      inTransaction(4, 1),
      aMarker(5, 0),
    ],
    aborted: [
      [PRODUCER, 4],
      [PRODUCER, 0],
    ],
    expected: [2],
  },
  {
    rule: 'other producers are not touched, with or without a transaction',
    records: [
      inTransaction(0, 1),
      inTransaction(1, 1, 8n),
      aBatch(2, 1, { producerId: PRODUCER }),
      aMarker(3, 0),
    ],
    aborted: [[PRODUCER, 0]],
    expected: [1, 2],
  },
] as const)('of what was aborted, $rule', ({ records, aborted, expected }) => {
  const offsets = offsetsOf(records, aborted);

  expect(offsets).toEqual(expected);
});
