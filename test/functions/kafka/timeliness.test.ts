import { expect, test } from '@jest/globals';
import type { SettledRecord } from '../../../functions/kafka/batch-response.ts';
import { receivedRecords } from '../../../functions/kafka/received-record.ts';
import { timelinessOf } from '../../../functions/kafka/timeliness.ts';
import type { RecordOutcome } from '../../../functions/kernel/record-outcome.ts';
import { aKafkaEvent, aKafkaRecord } from './kafka-events.ts';

const NOW = 1_763_633_700_000;

function settled(...records: readonly (readonly [ageMs: number, outcome: RecordOutcome])[]): SettledRecord[] {
  const received = receivedRecords(
    aKafkaEvent(records.map(([ageMs], offset) => aKafkaRecord({ offset, timestamp: NOW - ageMs }))),
  );
  return received.map((record, index) => ({ received: record, outcome: records[index]?.[1] ?? PROCESSED }));
}

const PROCESSED = { kind: 'processed' } as const;
const clock = { nowMs: NOW, objectiveMs: 60_000 };

test('an effect is in time up to the objective, and late behind it', () => {
  const timeliness = timelinessOf(settled([10, PROCESSED], [60_000, PROCESSED], [60_001, PROCESSED]), clock);

  expect(timeliness).toEqual({ inTime: 2, late: 1, oldestMs: 60_001 });
});

test('records without an effect in this batch have no age', () => {
  const timeliness = timelinessOf(
    settled([90_000, { kind: 'duplicate' }], [90_000, { kind: 'skipped', reason: 'tombstone' }]),
    clock,
  );

  expect(timeliness).toEqual({ inTime: 0, late: 0 });
});

test('a record from the future is new', () => {
  const timeliness = timelinessOf(settled([-5_000, PROCESSED]), clock);

  expect(timeliness).toEqual({ inTime: 1, late: 0, oldestMs: 0 });
});
