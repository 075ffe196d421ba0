import { expect, test } from '@jest/globals';
import {
  emittedMetrics,
  MAPPING_METRICS,
} from '../../../../local/event-source-mapping/scaling/mapping-metrics.ts';

const ALL = ['EventCount', 'ErrorCount', 'KafkaMetrics'] as const;

test('ESM-087 a group that is not listed is not emitted', () => {
  const measured = { PolledEventCount: 3, InvokeErrorCount: 1, MaxOffsetLag: 7, ProvisionedPollers: 2 };

  const emitted = [
    emittedMetrics(measured, []),
    emittedMetrics(measured, ['EventCount']),
    emittedMetrics(measured, ALL),
  ];

  expect(emitted).toStrictEqual([
    { ProvisionedPollers: 2 },
    { PolledEventCount: 3, ProvisionedPollers: 2 },
    measured,
  ]);
});

test('ESM-088 ESM-090 an empty poll and a record that matches are emitted as 0', () => {
  const emitted = emittedMetrics(
    { PolledEventCount: 0, FilteredOutEventCount: 0, InvokedEventCount: 0 },
    ALL,
  );

  expect(emitted).toStrictEqual({ PolledEventCount: 0, FilteredOutEventCount: 0 });
});

test('ESM-089 an error count appears only on errors', () => {
  const emitted = [0, 1].map((InvokeErrorCount) => emittedMetrics({ InvokeErrorCount }, ALL));

  expect(emitted).toStrictEqual([{}, { InvokeErrorCount: 1 }]);
});

test('ESM-092 a lag of 0 is emitted, and one that is not known is not', () => {
  const emitted = [emittedMetrics({ MaxOffsetLag: 0, SumOffsetLag: 0 }, ALL), emittedMetrics({}, ALL)];

  expect(emitted).toStrictEqual([{ MaxOffsetLag: 0, SumOffsetLag: 0 }, {}]);
});

test('ESM-087 ESM-089 error counts alone belong to ErrorCount, and none of them is emitted as 0', () => {
  const errors = Object.entries(MAPPING_METRICS).filter(([, { group }]) => group === 'ErrorCount');

  expect(errors.map(([name, { emitted }]) => [name, emitted])).toStrictEqual([
    ['PollingErrorCount', 'whenNotZero'],
    ['InvokeErrorCount', 'whenNotZero'],
    ['OnFailureDestinationDeliveryErrorCount', 'whenNotZero'],
    ['SchemaRegistryErrorCount', 'whenNotZero'],
    ['CommitErrorCount', 'whenNotZero'],
  ]);
});
