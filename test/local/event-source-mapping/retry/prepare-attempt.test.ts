import { expect, test } from '@jest/globals';
import { buildKafkaEvent } from '../../../../local/event-source-mapping/batch/build-kafka-event.ts';
import { prepareAttempt } from '../../../../local/event-source-mapping/retry/prepare-attempt.ts';
import { aBatch, anOrigin, aPolicy, aQueuedRecord, NOW } from '../builders.ts';

const MINUTE_MS = 60_000;

test('ESM-048 a record older than the maximum age is not sent', () => {
  const batch = aBatch([aQueuedRecord({ timestamp: NOW - 61_000 })]);

  const decisions = prepareAttempt(batch, aPolicy({ maximumRecordAgeMs: MINUTE_MS }), anOrigin(), NOW);

  expect(decisions).toStrictEqual([{ kind: 'discard', batch, condition: 'RecordAgeExceeded' }]);
});

test('ESM-048 a record of just the maximum age is sent', () => {
  const batch = aBatch([aQueuedRecord({ timestamp: NOW - MINUTE_MS })]);

  const decisions = prepareAttempt(batch, aPolicy({ maximumRecordAgeMs: MINUTE_MS }), anOrigin(), NOW);

  expect(decisions).toStrictEqual([{ kind: 'invoke', batch }]);
});

test('ESM-049 only the old record leaves its batch, whose counts stay', () => {
  const old = aQueuedRecord({ offset: 1, timestamp: NOW - 2 * MINUTE_MS });
  const young = aQueuedRecord({ offset: 2 });
  const batch = aBatch([old, young], { attempts: 2, calls: 2, failedTries: 9 });

  const decisions = prepareAttempt(batch, aPolicy({ maximumRecordAgeMs: MINUTE_MS }), anOrigin(), NOW);

  expect(decisions).toStrictEqual([
    { kind: 'discard', batch: { ...batch, records: [old] }, condition: 'RecordAgeExceeded' },
    { kind: 'invoke', batch: { ...batch, records: [young] } },
  ]);
});

test('without a maximum age no record is too old', () => {
  const batch = aBatch([aQueuedRecord({ timestamp: 0 })]);

  const decisions = prepareAttempt(batch, aPolicy(), anOrigin(), NOW);

  expect(decisions).toStrictEqual([{ kind: 'invoke', batch }]);
});

test('ESM-057 ESM-058 a record whose own event passes 6 MB is never sent, also when it is too old', () => {
  const huge = aQueuedRecord({ offset: 1, timestamp: 0, value: Buffer.alloc(4_800_000) });
  const small = aQueuedRecord({ offset: 2 });
  const batch = aBatch([huge, small]);

  const decisions = prepareAttempt(batch, aPolicy({ maximumRecordAgeMs: MINUTE_MS }), anOrigin(), NOW);

  expect(decisions).toStrictEqual([
    { kind: 'discard', batch: { ...batch, records: [huge] }, condition: 'MaximumPayloadSizeExceeded' },
    { kind: 'invoke', batch: { ...batch, records: [small] } },
  ]);
});

test('discards come before the call, wherever their records stand', () => {
  const young = aQueuedRecord({ offset: 1 });
  const old = aQueuedRecord({ offset: 2, timestamp: 0 });
  const huge = aQueuedRecord({ offset: 3, value: Buffer.alloc(4_800_000) });

  const decisions = prepareAttempt(
    aBatch([young, old, huge]),
    aPolicy({ maximumRecordAgeMs: MINUTE_MS }),
    anOrigin(),
    NOW,
  );

  expect(decisions).toMatchObject([
    { kind: 'discard', condition: 'MaximumPayloadSizeExceeded', batch: { records: [huge] } },
    { kind: 'discard', condition: 'RecordAgeExceeded', batch: { records: [old] } },
    { kind: 'invoke', batch: { records: [young] } },
  ]);
});

test.each([
  ['is as long as the limit is sent', 0, 'invoke'],
  ['is one byte longer is discarded', 1, 'discard'],
])('ESM-018 ESM-057 a record whose event %s', (_story, missingBytes, kind) => {
  const batch = aBatch([aQueuedRecord()]);
  const eventBytes = Buffer.byteLength(buildKafkaEvent(anOrigin(), batch.records));
  const policy = aPolicy({ maximumPayloadBytes: eventBytes - missingBytes });

  const decisions = prepareAttempt(batch, policy, anOrigin(), NOW);

  expect(decisions).toMatchObject([{ kind, batch }]);
});
