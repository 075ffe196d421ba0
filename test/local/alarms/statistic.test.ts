import { expect, test } from '@jest/globals';
import { partsOf, statisticOf, type Sample, type SetStatistic } from '../../../local/alarms/statistic.ts';

const valuesOf = (...values: readonly number[]): readonly Sample[] =>
  values.map((value) => ({ at: 0, value }));

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
  const value = statisticOf(valuesOf(4, 1, 3, 2), statistic);

  expect(value).toBe(expected);
});

test('a period without values has no statistic, not even a count of 0', () => {
  const values = ['Sum', 'SampleCount', 'p99'].map((statistic) => statisticOf([], statistic));

  expect(values).toStrictEqual([undefined, undefined, undefined]);
});

test.each(['tm99', 'p101', 'Median'])(
  'the statistic %s is refused with those that are known',
  (statistic) => {
    expect(() => statisticOf(valuesOf(1), statistic)).toThrow(
      `The statistic ${statistic} cannot be calculated here. Use Sum, Average, Maximum, Minimum, SampleCount or p0 to p100.`,
    );
  },
);

test('values that are known as sets alone give their statistics, and a percentile where they are all the same', () => {
  const set = { at: 0, value: 10, set: { count: 4, minimum: 1, maximum: 4 } };
  const same = { at: 0, value: 6, set: { count: 2, minimum: 3, maximum: 3 } };

  const statistics = ['Sum', 'Average', 'Maximum', 'Minimum', 'SampleCount', 'p50'].map((statistic) => [
    statistic,
    statisticOf([set, { at: 0, value: 5 }], statistic),
  ]);
  const median = statisticOf([same, { at: 0, value: 5 }], 'p50');

  expect([Object.fromEntries(statistics), median]).toEqual([
    { Sum: 15, Average: 3, Maximum: 5, Minimum: 1, SampleCount: 5, p50: undefined },
    3,
  ]);
});

test.each(['Sum', 'Average', 'Maximum', 'Minimum', 'SampleCount', 'p50'])(
  '%s is calculated from its parts alone',
  (statistic) => {
    const known = new Set(partsOf(statistic));
    const part = (name: SetStatistic, value: number): number => (known.has(name) ? value : Number.NaN);
    const samples = [2, 3].map((count) => ({
      at: 0,
      value: part('Sum', 7 * count),
      set: { count: part('SampleCount', count), minimum: part('Minimum', 7), maximum: part('Maximum', 7) },
    }));

    const value = statisticOf(samples, statistic);

    expect(value).toBe({ Sum: 35, SampleCount: 5 }[statistic] ?? 7);
  },
);
