import { expect, test } from '@jest/globals';
import { dataOf } from '../../../local/metrics/cloudwatch.ts';
import type { TimedMetric } from '../../../local/metrics/metric.ts';

const aValue = (value: number, at: number, dimensions: Record<string, string> = {}): TimedMetric => ({
  namespace: 'shop',
  name: 'Age',
  dimensions,
  unit: 'Seconds',
  value,
  at,
});

test('the values of a metric in one minute are one datum, with how often each came', () => {
  const data = dataOf([aValue(5, 1_000), aValue(7, 2_000), aValue(5, 59_999), aValue(5, 60_000)]);

  const of = { MetricName: 'Age', Dimensions: [], Unit: 'Seconds' };
  expect(data).toEqual([
    { ...of, Timestamp: new Date(1_000), Values: [5, 7], Counts: [2, 1] },
    { ...of, Timestamp: new Date(60_000), Value: 5 },
  ]);
});

test('a datum has at most 150 different values, and one set of dimensions', () => {
  const many = Array.from({ length: 151 }, (_unused, value) => aValue(value, 0));

  const data = dataOf([...many, aValue(1, 0, { Topic: 'orders' })]);

  expect(data.map(({ Values, Dimensions }) => [Values?.length, Dimensions])).toEqual([
    [150, []],
    [1, []],
    [undefined, [{ Name: 'Topic', Value: 'orders' }]],
  ]);
});
