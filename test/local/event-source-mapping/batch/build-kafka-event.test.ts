import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  buildKafkaEvent,
  emptyEventBytes,
  partitionListBytes,
  singleRecordEventBytes,
} from '../../../../local/event-source-mapping/batch/build-kafka-event.ts';
import type { PolledRecord } from '../../../../local/event-source-mapping/record/polled-record.ts';
import { toQueuedRecord } from '../../../../local/event-source-mapping/record/queued-record.ts';
import { aPolledRecord, aQueuedRecord, anOrigin, CLUSTER_ARN, NOW, records } from '../builders.ts';

function wireFormOf(record: PolledRecord, tombstone: 'omit' | 'null'): unknown {
  return JSON.parse(toQueuedRecord(record, tombstone).json);
}

describe('the event', () => {
  test('ESM-001 has four keys for MSK', () => {
    const event = buildKafkaEvent(anOrigin(), [aQueuedRecord()]);

    expect(JSON.parse(event)).toStrictEqual({
      eventSource: 'aws:kafka',
      eventSourceArn: CLUSTER_ARN,
      bootstrapServers: 'b-1:9098,b-2:9098',
      records: { 't-0': [expect.objectContaining({ offset: 5 })] },
    });
  });

  test('names no ARN for self-managed Kafka', () => {
    const event = buildKafkaEvent(anOrigin({ eventSourceArn: null }), [aQueuedRecord()]);

    expect(JSON.parse(event)).toStrictEqual({
      eventSource: 'SelfManagedKafka',
      bootstrapServers: 'b-1:9098,b-2:9098',
      records: { 't-0': [expect.objectContaining({ offset: 5 })] },
    });
  });

  test('ESM-002 holds several partitions', () => {
    const inEventOrder = [aQueuedRecord({ partition: 0 }), aQueuedRecord({ partition: 2 })];

    const event = buildKafkaEvent(anOrigin(), inEventOrder);

    expect(JSON.parse(event)).toMatchObject({
      records: { 't-0': [{ partition: 0 }], 't-2': [{ partition: 2 }] },
    });
  });

  test('ESM-003 keeps offset order and fills no gap', () => {
    const event = buildKafkaEvent(anOrigin(), records([5, 6, 9]));

    expect(JSON.parse(event)).toMatchObject({
      records: { 't-0': [{ offset: 5 }, { offset: 6 }, { offset: 9 }] },
    });
  });

  test('ESM-018 is measured in UTF-8 bytes without being serialized again', () => {
    const record = fc.record({
      topic: fc.constantFrom('t', 'order-events'),
      partition: fc.nat(12),
      key: fc.option(fc.uint8Array()),
      value: fc.option(fc.uint8Array()),
      headerName: fc.string({ unit: 'grapheme' }),
    });

    fc.assert(
      fc.property(record, ({ headerName, key, value, ...rest }) => {
        const queued = aQueuedRecord({
          ...rest,
          key: key === null ? null : Buffer.from(key),
          value: value === null ? null : Buffer.from(value),
          headers: [{ key: headerName, value: Buffer.from([0, 127, 128, 255]) }],
        });
        const origin = anOrigin();

        const event = buildKafkaEvent(origin, [queued]);

        expect(singleRecordEventBytes(origin, queued)).toBe(Buffer.byteLength(event));
        expect(JSON.stringify(JSON.parse(event))).toBe(event);
      }),
    );
  });

  test('adds a list and commas to its empty size', () => {
    const origin = anOrigin();
    const [first, second] = [aQueuedRecord({ partition: 0 }), aQueuedRecord({ partition: 11 })];
    const commas = 2;

    const event = buildKafkaEvent(origin, [first, first, second]);

    expect(Buffer.byteLength(event)).toBe(
      emptyEventBytes(origin) +
        partitionListBytes(first) +
        partitionListBytes(second) +
        2 * first.bytes +
        second.bytes +
        commas,
    );
  });
});

describe('a record', () => {
  test('ESM-004 has base64 key and value, a numeric offset and a time in milliseconds', () => {
    const record = wireFormOf(aPolledRecord({ timestampType: 'LOG_APPEND_TIME' }), 'omit');

    expect(record).toStrictEqual({
      topic: 't',
      partition: 0,
      offset: 5,
      timestamp: NOW,
      timestampType: 'LOG_APPEND_TIME',
      key: 'a2V5',
      value: 'dmFsdWU=',
      headers: [],
    });
  });

  test('ESM-005 with a null key has no key property', () => {
    const record = wireFormOf(aPolledRecord({ key: null }), 'omit');

    expect(record).not.toHaveProperty('key');
  });

  test('ESM-006 that is a tombstone has no value property', () => {
    const record = wireFormOf(aPolledRecord({ value: null }), 'omit');

    expect(record).not.toHaveProperty('value');
  });

  test('ESM-006 that is a tombstone has a null value by option', () => {
    const record = wireFormOf(aPolledRecord({ value: null }), 'null');

    expect(record).toHaveProperty('value', null);
  });

  test('ESM-006 of zero bytes has an empty value', () => {
    const record = wireFormOf(aPolledRecord({ value: Buffer.alloc(0) }), 'omit');

    expect(record).toHaveProperty('value', '');
  });

  test('ESM-007 keeps repeated headers in order', () => {
    const headers = [
      { key: 'trace', value: Buffer.from([1]) },
      { key: 'other', value: Buffer.alloc(0) },
      { key: 'trace', value: Buffer.from([2]) },
    ];

    const record = wireFormOf(aPolledRecord({ headers }), 'omit');

    expect(record).toHaveProperty('headers', [{ trace: [1] }, { other: [] }, { trace: [2] }]);
  });

  test('ESM-008 has signed header bytes, also of a slice of a larger buffer', () => {
    const slice = Buffer.from([0, 0xc3, 0xa9, 0x7f, 0x80, 0]).subarray(1, 5);

    const record = wireFormOf(aPolledRecord({ headers: [{ key: 'name', value: slice }] }), 'omit');

    expect(record).toHaveProperty('headers', [{ name: [-61, -87, 127, -128] }]);
  });
});
