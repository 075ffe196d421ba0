import { expect, test } from '@jest/globals';
import type { Point } from '../../../local/alarms/judge-points.ts';
import { evaluateExpression } from '../../../local/alarms/metric-math/evaluate-expression.ts';
import { parseExpression } from '../../../local/alarms/metric-math/parse-expression.ts';
import { series, type Value } from '../../../local/alarms/metric-math/value.ts';

const _ = undefined;

interface Case {
  readonly given: Readonly<Record<string, readonly Point[]>>;
  readonly periodSeconds?: number;
  readonly fillsEmptySeries?: boolean;
}

function calculate(expression: string, { given, periodSeconds = 60, fillsEmptySeries = true }: Case): Value {
  return evaluateExpression(parseExpression(expression), {
    valueOf: (id) => (given[id] === undefined ? undefined : series(given[id])),
    metrics: () => Object.values(given).map(series),
    periodSeconds,
    fillsEmptySeries,
  });
}

function pointsOf(
  expression: string,
  given: Case['given'],
  options: Omit<Case, 'given'> = {},
): readonly Point[] {
  const value = calculate(expression, { given, ...options });
  if (value.kind !== 'series') throw new Error(`A ${value.kind}, not a series.`);
  return value.points;
}

test.each<[string, string, Case['given'], readonly Point[]]>([
  ['arithmetic has no result where a side is missing', 'a + b', { a: [1, _, 3], b: [1, 1, _] }, [2, _, _]],
  [
    'a comparison with a number has no result where the point is missing',
    'a > 0',
    { a: [1, _, 0] },
    [1, _, 0],
  ],
  [
    'a comparison of two series reads a missing side as 0',
    'a > b',
    { a: [1, _, 3], b: [_, 1, 4] },
    [1, 0, 0],
  ],
  ['a comparison has no result where both sides are missing', 'a == b', { a: [_], b: [_] }, [_]],
  ['a division by zero is left out', 'a / b', { a: [1, 4], b: [0, 2] }, [_, 2]],
  ['multiplication binds tighter than addition', 'a + 2 * b ^ 2', { a: [1], b: [3] }, [19]],
  [
    'a comparison binds tighter than AND, and AND tighter than OR',
    'a > 5 AND b > 5 OR a == 1',
    { a: [1, 9], b: [9, 1] },
    [1, 0],
  ],
  ['a bracket comes first', '-(a + 1) * 2', { a: [2] }, [-6]],
  [
    '100 * errors / requests is a rate',
    '100 * errors / requests',
    { errors: [1, 2], requests: [4, 4] },
    [25, 50],
  ],
  ['FILL replaces what is missing', 'FILL(a, 0)', { a: [1, _, 3] }, [1, 0, 3]],
  ['FILL by another series takes its points', 'FILL(a, b)', { a: [1, _], b: [7, 8] }, [1, 8]],
  ['IF chooses point by point', 'IF(a > 0, b, 0)', { a: [0, 1], b: [7, 8] }, [0, 8]],
  ['IF has no point without a condition', 'IF(a, 1, 0)', { a: [_, 0, 2] }, [_, 0, 1]],
  ['IF without a third part has no point where it does not hold', 'IF(a, 1)', { a: [0, 2] }, [_, 1]],
  ['SUM of several series adds what is there', 'SUM([a, b])', { a: [1, _, _], b: [1, 1, _] }, [2, 1, _]],
  ['MAX of all metrics takes the largest of each time', 'MAX(METRICS())', { a: [1, 5], b: [2, _] }, [2, 5]],
  ['a series against its own average', 'a - AVG(a)', { a: [1, 2, 3] }, [-1, 0, 1]],
  ['DIFF needs the point before', 'DIFF(a)', { a: [1, 3, _, 9] }, [_, 2, _, _]],
  ['RATE is a change for each second', 'RATE(a)', { a: [0, 120] }, [_, 2]],
  ['PERIOD is the length of a point', 'a / PERIOD(a)', { a: [120] }, [2]],
  ['RUNNING_SUM leaves out what is missing', 'RUNNING_SUM(a)', { a: [1, _, 2] }, [1, _, 3]],
  ['CEIL, FLOOR and ABS change each point', 'CEIL(a) + FLOOR(a) + ABS(-a)', { a: [1.5] }, [4.5]],
])('%s', (_title, expression, given, expected) => {
  const points = pointsOf(expression, given);

  expect(points).toStrictEqual(expected);
});

test('a series without a single point is filled or not, as AWS does not say which', () => {
  const filled = [true, false].map((fillsEmptySeries) =>
    pointsOf('FILL(a, 0)', { a: [_, _] }, { fillsEmptySeries }),
  );

  expect(filled).toStrictEqual([
    [0, 0],
    [_, _],
  ]);
});

test.each([
  ['a +', '"a +" cannot be read: a number, an id, a function or a bracket is expected, found the end.'],
  ['a # b', '"a # b" cannot be read at position 3: "# b".'],
  ['(a', '"(a" cannot be read: ")" is expected, found the end.'],
  ['a b', '"a b" cannot be read: the end is expected, found b.'],
  ['c', 'Metric math refers to c, which is the id of no metric.'],
  ['[a, 1] + a', 'A list of metric math holds series, not numbers.'],
  ['ABS()', 'A function of metric math is given too little.'],
])('%s is refused with the reason', (expression, message) => {
  const attempt = (): Value => calculate(expression, { given: { a: [1] } });

  expect(attempt).toThrow(message);
});

test('an unknown function is named, with those that are known', () => {
  expect(() => calculate('SEARCH(a)', { given: { a: [1] } })).toThrow(
    /SEARCH of metric math is not known here\. Known are ABS, .*FILL, .*METRICS/,
  );
});
