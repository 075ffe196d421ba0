import { expect, test } from '@jest/globals';
import { emulatorOptions } from '../../../../local/event-source-mapping/configuration/emulator-options.ts';
import { s3ObjectKey } from '../../../../local/event-source-mapping/on-failure/s3-object-key.ts';
import { NOW } from '../builders.ts';

const FIELDS = {
  mappingId: 'mapping-uuid',
  topicPartition: { topic: 'order-events', partition: 3 },
  now: NOW,
  uuid: 'random-uuid',
};

test('ESM-080 the key follows Kinesis with the partition as shard', () => {
  const key = s3ObjectKey(emulatorOptions().s3KeyTemplate, FIELDS);

  expect(key).toBe('aws/lambda/mapping-uuid/order-events-3/2026/01/02/2026-01-02T03.04.05-random-uuid');
});

test('ESM-080 a template may be chosen, and unknown fields stay unchanged', () => {
  const key = s3ObjectKey('failed/{uuid}/{other}.json', FIELDS);

  expect(key).toBe('failed/random-uuid/{other}.json');
});
