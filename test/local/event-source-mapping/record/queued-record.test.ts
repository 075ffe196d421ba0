import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { PolledRecord } from '../../../../local/event-source-mapping/record/polled-record.ts';
import { toQueuedRecord } from '../../../../local/event-source-mapping/record/queued-record.ts';

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));

const polledRecords = fc.record({
  topic: fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/),
  partition: fc.nat(),
  offset: fc.maxSafeNat(),
  timestamp: fc.maxSafeInteger(),
  timestampType: fc.constantFrom('CREATE_TIME' as const, 'LOG_APPEND_TIME' as const),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes }), { maxLength: 3 }),
});

/** The wire form, written as the documentation shows it. */
function wireForm({ key, value, headers, ...rest }: PolledRecord, tombstone: 'omit' | 'null'): object {
  const wireValue = value === null ? null : value.toString('base64');
  return {
    ...rest,
    ...(key === null ? {} : { key: key.toString('base64') }),
    ...(value === null && tombstone === 'omit' ? {} : { value: wireValue }),
    headers: headers.map((header) => ({ [header.key]: [...new Int8Array(header.value)] })),
  };
}

test('a queued record has the JSON of its wire form, and knows its length before it is written', () => {
  fc.assert(
    fc.property(polledRecords, fc.constantFrom('omit' as const, 'null' as const), (polled, tombstone) => {
      const queued = toQueuedRecord(polled, tombstone);

      const json = JSON.stringify(wireForm(polled, tombstone));
      expect([queued.json, queued.bytes]).toEqual([json, Buffer.byteLength(json)]);
    }),
  );
});
