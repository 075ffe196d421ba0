import { expect, test } from '@jest/globals';
import { statisticOf } from '../../../local/alarms/statistic.ts';

test.each([
  ['Sum', 10],
  ['Average', 2.5],
  ['Maximum', 4],
  ['Minimum', 1],
  ['SampleCount', 4],
  ['p50', 2],
  ['p99', 4],
  ['p0', 1],
])('%s of 4, 1, 3, 2 is %d', (statistic, expected) => {
  const value = statisticOf([4, 1, 3, 2], statistic);

  expect(value).toBe(expected);
});

test('a period without values has no statistic, not even a count of 0', () => {
  const values = ['Sum', 'SampleCount', 'p99'].map((statistic) => statisticOf([], statistic));

  expect(values).toStrictEqual([undefined, undefined, undefined]);
});

test.each(['tm99', 'p101', 'Median'])(
  'the statistic %s is refused with those that are known',
  (statistic) => {
    expect(() => statisticOf([1], statistic)).toThrow(
      `The statistic ${statistic} cannot be calculated here. Use Sum, Average, Maximum, Minimum, SampleCount or p0 to p100.`,
    );
  },
);
