import { expect, test } from '@jest/globals';
import { embeddedMetrics } from '../../../local/metrics/embedded-metrics.ts';

const line = (values: object, metrics: readonly object[], dimensions = [['service']]): string =>
  JSON.stringify({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [{ Namespace: 'shop', Dimensions: dimensions, Metrics: metrics }],
    },
    service: 'billing',
    group: 'billing-group',
    ...values,
  });

test('a line of a log in the embedded format gives each value of each metric', () => {
  const metrics = embeddedMetrics(
    line({ Parked: 2, Age: [10, 20] }, [
      { Name: 'Parked', Unit: 'Count' },
      { Name: 'Age', Unit: 'Milliseconds' },
    ]),
  );

  const of = { namespace: 'shop', dimensions: { service: 'billing' } };
  expect(metrics).toEqual([
    { ...of, name: 'Parked', unit: 'Count', value: 2 },
    { ...of, name: 'Age', unit: 'Milliseconds', value: 10 },
    { ...of, name: 'Age', unit: 'Milliseconds', value: 20 },
  ]);
});

test('each set of dimensions is a metric of its own, and a unit that CloudWatch does not know is none', () => {
  const metrics = embeddedMetrics(
    line({ Parked: 2 }, [{ Name: 'Parked', Unit: 'Records' }], [['service'], ['service', 'group']]),
  );

  expect(metrics.map(({ dimensions, unit }) => [dimensions, unit])).toEqual([
    [{ service: 'billing' }, 'None'],
    [{ service: 'billing', group: 'billing-group' }, 'None'],
  ]);
});

test.each([
  ['a text', 'INFO "_aws" is no key here'],
  ['JSON without metrics', '{"level":"INFO","note":"\\"_aws\\""}'],
  ['a value that is no number', line({ Parked: 'unknown' }, [{ Name: 'Parked' }])],
  ['a value that is missing', line({}, [{ Name: 'Parked' }])],
])('%s gives no metric', (_story, text) => {
  expect(embeddedMetrics(text)).toEqual([]);
});
