import { expect, test } from '@jest/globals';
import { craftedRecords, type CraftedRecord } from '../../../cli/drill/world/poison-records.ts';
import { decodeRecord } from '../../../functions/kafka/decode-record.ts';
import { parseOrderEvent } from '../../../functions/kernel/parse-order-event.ts';
import { aKafkaRecord } from '../../functions/kafka/kafka-events.ts';

const CONTEXT = { currency: 'EUR', timestamp: 0 } as const;

/** What the consumers make of a record. */
function endOf({ value }: CraftedRecord): CraftedRecord['end'] {
  const decoded = decodeRecord(aKafkaRecord({ value: value?.toString('base64') ?? null }));
  if (!decoded.ok) return 'parked';
  if (decoded.value.kind === 'tombstone') return 'taken';
  return parseOrderEvent(decoded.value.record.value, CONTEXT).ok ? 'taken' : 'parked';
}

test('every record of the poison drill ends with the consumers as the drill expects', () => {
  const records = craftedRecords('1');

  const ends = records.map((record) => [record.name, endOf(record)]);

  expect(ends).toEqual(records.map(({ name, end }) => [name, end]));
});

test('the poison drill has records of each class of bad data', () => {
  const classes = new Set(craftedRecords('1').map(({ name }) => name.slice(0, 3)));

  expect([...classes].toSorted()).toEqual([
    'F41',
    'F42',
    'F43',
    'F44',
    'F45',
    'F46',
    'F47',
    'F48',
    'F49',
    'F50',
  ]);
});
