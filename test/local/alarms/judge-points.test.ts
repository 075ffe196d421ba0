import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { MissingData } from '../../../local/alarms/alarm.ts';
import { judgePoints, type Judgement, type Point } from '../../../local/alarms/judge-points.ts';

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const satisfies MissingData[];
const LETTERS: Readonly<Record<string, Judgement>> = {
  O: 'OK',
  A: 'ALARM',
  I: 'INSUFFICIENT_DATA',
  R: 'retain',
};

function pointsOf(drawn: string): readonly Point[] {
  return drawn.split('').map((letter) => (letter === '-' ? undefined : letter === 'X' ? 1 : 0));
}

function judge(points: readonly Point[], datapointsToAlarm: number, missingData: MissingData): Judgement {
  return judgePoints(points, {
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    datapointsToAlarm,
    evaluationPeriods: 3,
    missingData,
  });
}

/**
 * The tables of the guide, for N = 3 and a range of five: 0 is fine, X breaches, - is missing; the newest is right. The last
 * three rows are those of an older revision.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const documented: readonly (readonly [points: string, m: number, states: string])[] = [
  ['0-X-X', 3, 'O O O O'],
  ['0----', 3, 'O O O O'],
  ['-----', 3, 'I R A O'],
  ['0XX-X', 3, 'A A A A'],
  ['--X--', 3, 'A R A O'],
  ['0-X-X', 2, 'A A A A'],
  ['00X0X', 2, 'A A A A'],
  ['0-X--', 2, 'O O A O'],
  ['----0', 2, 'O O A O'],
  ['---X-', 2, 'A R A O'],
  ['----X', 3, 'I R A O'],
  ['----X', 2, 'I R A O'],
  ['X----', 3, 'A R A O'],
];

describe.each(documented)('%s with M = %i', (drawn, m, states) => {
  test.each(TREATMENTS.map((treatment, index) => [treatment, states.charAt(2 * index)] as const))(
    'treated as %s is %s',
    (treatment, state) => {
      const judgement = judge(pointsOf(drawn), m, treatment);

      expect(judgement).toBe(LETTERS[state]);
    },
  );
});

test('a lone breaching point does not alarm before it is M = 3 periods old', () => {
  const judgement = judge(pointsOf('---X-'), 3, 'missing');

  expect(judgement).toBe('INSUFFICIENT_DATA');
});

const anySeries = fc.array(fc.constantFrom<Point>(0, 1, undefined), { minLength: 3, maxLength: 9 });
const anyM = fc.integer({ min: 1, max: 3 });
const anyTreatment = fc.constantFrom(...TREATMENTS);

test('a fine point that becomes a breaching one never moves ALARM to OK', () => {
  fc.assert(
    fc.property(anySeries, anyM, anyTreatment, fc.nat(8), (points, m, treatment, chosen) => {
      const worse = points.map((point, index) => (index === chosen && point === 0 ? 1 : point));

      const [before, after] = [judge(points, m, treatment), judge(worse, m, treatment)];

      expect(`${before} → ${after}`).not.toBe('ALARM → OK');
    }),
    { numRuns: 20_000 },
  );
});

test('missing data treated as breaching alarms wherever it alarms treated as not breaching', () => {
  fc.assert(
    fc.property(anySeries, anyM, (points, m) => {
      const [lenient, strict] = [judge(points, m, 'notBreaching'), judge(points, m, 'breaching')];

      expect(lenient === 'ALARM' && strict !== 'ALARM').toBe(false);
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ['GreaterThanThreshold', 5, 'OK'],
  ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
  ['LessThanThreshold', 5, 'OK'],
  ['LessThanOrEqualToThreshold', 5, 'ALARM'],
  ['GreaterThanThreshold', 6, 'ALARM'],
  ['LessThanThreshold', 4, 'ALARM'],
] as const)('%s judges %i against 5 as %s', (comparison, point, expected) => {
  const settings = {
    threshold: 5,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    missingData: 'missing',
  } as const;

  const judgement = judgePoints([point], { ...settings, comparison });

  expect(judgement).toBe(expected);
});

/**
 * The situations for which Floci widened its evaluation range.
 * @see https://github.com/floci-io/floci/issues/2700
 * @see https://github.com/floci-io/floci/pull/2771
 */
test.each([
  ['a gap before the newest point does not freeze a recovery', '0-00X0-0', 'ignore', 'OK'],
  ['a breach in the middle of gaps alarms when it is M periods old', '--X--', 'missing', 'ALARM'],
  ['a breach at the very end waits for its neighbours', '----X', 'missing', 'INSUFFICIENT_DATA'],
  ['real points from further back come before the treatment', '000--', 'breaching', 'OK'],
] as const)('%s', (_, drawn, treatment, expected) => {
  const judgement = judge(pointsOf(drawn), 2, treatment);

  expect(judgement).toBe(expected);
});
