import { expect, test } from '@jest/globals';
import { mappingMetrics, type MappingMeasurement } from '../../../local/metrics/mapping-metrics.ts';
import type { Metric } from '../../../local/metrics/metric.ts';
import { aSpec } from '../event-source-mapping/builders.ts';

const ALL = { MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] } };

function aMeasurement(overrides: Partial<MappingMeasurement> = {}): MappingMeasurement {
  return { mappingId: 'm', spec: aSpec(), counts: {}, lag: 'unknown', pollers: 1, ...overrides };
}

function ofMapping(name: string, value: number, unit: Metric['unit'] = 'Count'): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { EventSourceMappingUUID: 'm' }, unit, value };
}

function ofFunction(name: string, value: number): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: 'billing' }, unit: 'Count', value };
}

const PROVISIONED = [ofMapping('ProvisionedPollers', 1), ofMapping('EventPollerUnit', 1)];

test('ESM-087 a mapping without metric groups has what provisioned mode and its function have, and no more', () => {
  const metrics = mappingMetrics(
    aMeasurement({ counts: { PolledEventCount: 3, InvokeErrorCount: 1 }, lag: { maximum: 7, sum: 10 } }),
  );

  expect(metrics).toStrictEqual([
    ofMapping('EventPollerThroughputInBytes', 0, 'Bytes'),
    ...PROVISIONED,
    ofFunction('OffsetLag', 10),
  ]);
});

test('ESM-088 ESM-089 an idle mapping tells that it polled nothing, and no error', () => {
  const metrics = mappingMetrics(aMeasurement({ spec: aSpec(ALL) }));

  expect(metrics).toStrictEqual([
    ofMapping('EventPollerThroughputInBytes', 0, 'Bytes'),
    ofMapping('PolledEventCount', 0),
    ofMapping('FilteredOutEventCount', 0),
    ...PROVISIONED,
  ]);
});

test('ESM-089 ESM-092 errors, lag and commits of a busy mapping are under its id', () => {
  const counts = {
    PolledEventCount: 10,
    InvokedEventCount: 30,
    InvokeErrorCount: 2,
    CommittedEventCount: 10,
    EventPollerThroughputInBytes: 500,
  };

  const metrics = mappingMetrics(
    aMeasurement({ spec: aSpec(ALL), counts, lag: { maximum: 7, sum: 10 }, pollers: 11 }),
  );

  expect(metrics).toStrictEqual([
    ofMapping('EventPollerThroughputInBytes', 500, 'Bytes'),
    ofMapping('PolledEventCount', 10),
    ofMapping('FilteredOutEventCount', 0),
    ofMapping('InvokedEventCount', 30),
    ofMapping('InvokeErrorCount', 2),
    ofMapping('CommittedEventCount', 10),
    ofMapping('MaxOffsetLag', 7),
    ofMapping('SumOffsetLag', 10),
    ofMapping('ProvisionedPollers', 11),
    ofMapping('EventPollerUnit', 2),
    ofFunction('OffsetLag', 10),
  ]);
});

test('ESM-082 a delivery that failed is a metric of the function', () => {
  const metrics = mappingMetrics(aMeasurement({ counts: { DestinationDeliveryFailures: 1 } }));

  expect(metrics.at(-1)).toStrictEqual(ofFunction('DestinationDeliveryFailures', 1));
});

test('a mapping on demand has no metrics of provisioned mode', () => {
  const spec = aSpec({ ProvisionedPollerConfig: undefined, MetricsConfig: { Metrics: ['EventCount'] } });

  const metrics = mappingMetrics(aMeasurement({ spec, counts: { EventPollerThroughputInBytes: 5 } }));

  expect(metrics.map(({ name }) => name)).toStrictEqual(['PolledEventCount', 'FilteredOutEventCount']);
});

test('a function that is named by ARN has its metrics under its name', () => {
  const spec = aSpec({ FunctionName: 'arn:aws:lambda:eu-central-1:123456789012:function:billing:live' });

  const metrics = mappingMetrics(aMeasurement({ spec, lag: { maximum: 1, sum: 1 } }));

  expect(metrics.at(-1)).toStrictEqual(ofFunction('OffsetLag', 1));
});
