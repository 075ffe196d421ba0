import { expect, test } from '@jest/globals';
import { letterTimes } from '../../../cli/status/letter-times.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-30T12:00:00Z');

const SURROUNDINGS = {
  now: NOW,
  groupId: 'billing-group',
  queueRetentionMs: 336 * HOUR,
  retention: { ms: 168 * HOUR, bytes: undefined },
  starts: new Map([[0, 50]]),
};

function aPointer(first: number, hoursOld: number): string {
  const record = {
    firstRecordOffset: first,
    lastRecordOffset: first + 3,
    firstRecordTimestamp: new Date(NOW - hoursOld * HOUR).toISOString(),
  };
  return JSON.stringify({ KafkaBatchInfo: { recordsInfo: { 'order-events-0': record } } });
}

function aParkedRecord(): string {
  return JSON.stringify({
    kind: 'parked-record',
    version: 1,
    group: 'billing-group',
    topic: 'order-events',
    partition: 0,
    offset: 1,
    timestamp: 0,
    timestampType: 'CREATE_TIME',
    reason: 'event-invalid',
    message: 'It is not valid.',
  });
}

test.each([
  [
    'a parked record stays as long as the queue keeps it',
    aParkedRecord(),
    { kind: 'left', ms: 335 * HOUR, because: 'queue' },
  ],
  [
    'a pointer is of use as long as its record is there',
    aPointer(60, 100),
    { kind: 'left', ms: 68 * HOUR, because: 'retention.ms' },
  ],
  ['a pointer to deleted records comes too late', aPointer(40, 200), { kind: 'gone', records: 10 }],
])('%s', (_rule, body, left) => {
  expect(letterTimes([{ body, sentAtMs: NOW - HOUR }], SURROUNDINGS)).toEqual(left);
});

test('the most urgent of several messages counts', () => {
  const messages = [aParkedRecord(), aPointer(60, 100), aPointer(70, 160)].map((body) => ({
    body,
    sentAtMs: NOW,
  }));

  expect(letterTimes(messages, SURROUNDINGS)).toEqual({
    kind: 'left',
    ms: 8 * HOUR,
    because: 'retention.ms',
  });
});
