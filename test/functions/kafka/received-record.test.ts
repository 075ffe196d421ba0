import { describe, expect, test } from '@jest/globals';
import { groupIntoLanes } from '../../../functions/kafka/lanes.ts';
import { identifierOf, receivedRecords } from '../../../functions/kafka/received-record.ts';
import { aKafkaEvent, aKafkaRecord, base64 } from './kafka-events.ts';

/** The lanes as `partition:offset` lists. */
function lanesOf(records: Parameters<typeof aKafkaEvent>[0]): string[] {
  return groupIntoLanes(receivedRecords(aKafkaEvent(records))).map((lane) =>
    lane.map(({ record }) => `${record.partition}:${record.offset}`).join(' '),
  );
}

describe('the identifier of a record', () => {
  test('is the name that the event has for its partition, and its offset', () => {
    const records = { 'a-name-of-its-own': [aKafkaRecord({ offset: 7 })] };

    const received = receivedRecords({ ...aKafkaEvent([]), records });

    expect(received.map(identifierOf)).toEqual([{ partition: 'a-name-of-its-own', offset: 7 }]);
  });
});

describe('an event', () => {
  test.each([
    ['null', null, 'no records by partition'],
    ['of another source', { Records: [] }, 'no records by partition'],
    ['with records that are text', { records: 'x' }, 'no records by partition'],
    [
      'with one record in place of a list',
      { records: { 'a-0': {} } },
      'a partition without a list of records',
    ],
    [
      'with a record that is null',
      { records: { 'a-0': [null] } },
      'a record without topic, partition, offset or timestamp',
    ],
    [
      'with an offset as text',
      { records: { 'a-0': [{ ...aKafkaRecord(), offset: '1' }] } },
      'a record without topic, partition, offset or timestamp',
    ],
    [
      'with an offset beyond 2^53',
      { records: { 'a-0': [{ ...aKafkaRecord(), offset: 2 ** 53 }] } },
      'a record without topic, partition, offset or timestamp',
    ],
  ])('that is %s is refused as a whole', (_story, event, found) => {
    expect(() => receivedRecords(event)).toThrow(
      new TypeError(
        `This function takes the events of a Lambda event source mapping for Kafka, but the event has ${found}.`,
      ),
    );
  });
});

describe('lanes', () => {
  test('contain the records of one key and partition, in offset order', () => {
    const lanes = lanesOf([
      aKafkaRecord({ offset: 3, key: base64('a') }),
      aKafkaRecord({ offset: 1, key: base64('a') }),
      aKafkaRecord({ offset: 2, key: base64('b') }),
      aKafkaRecord({ offset: 1, key: base64('a'), partition: 1 }),
    ]);

    expect(lanes).toEqual(['0:1 0:3', '0:2', '1:1']);
  });

  test('hold all records of a partition that have no key, whether absent, null or empty', () => {
    const { key: _, ...withoutKey } = aKafkaRecord({ offset: 1 });

    const lanes = lanesOf([
      withoutKey,
      aKafkaRecord({ offset: 2, key: null }),
      aKafkaRecord({ offset: 3, key: '' }),
      aKafkaRecord({ offset: 4, key: null, partition: 1 }),
    ]);

    expect(lanes).toEqual(['0:1 0:2 0:3', '1:4']);
  });
});
