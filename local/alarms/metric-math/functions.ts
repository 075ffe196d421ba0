import type { Point } from '../judge-points.ts';
import { mapPoints, number, pointAt, series, type SeriesOrNumber, type Value } from './value.ts';

/** What functions may know beside what they are given. */
export interface MathContext {
  readonly periodSeconds: number;
  /** Whether FILL fills a series without a single point; AWS's documents leave it open. */
  readonly fillsEmptySeries: boolean;
}

type Apply = (given: readonly Value[], context: MathContext) => Value;

/**
 * The functions of metric math that need no anomaly model and no search.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const mathFunctions: Readonly<Record<string, Apply>> = {
  ABS: ([value]) => mapPoints(required(value), Math.abs),
  CEIL: ([value]) => mapPoints(required(value), Math.ceil),
  FLOOR: ([value]) => mapPoints(required(value), Math.floor),
  SUM: ([value]) => aggregate(required(value), sum),
  AVG: ([value]) => aggregate(required(value), (points) => sum(points) / points.length),
  MAX: ([value]) => aggregate(required(value), (points) => Math.max(...points)),
  MIN: ([value]) => aggregate(required(value), (points) => Math.min(...points)),
  PERIOD: (_given, { periodSeconds }) => number(periodSeconds),
  DIFF: ([value]) => changes(seriesOf(value), (change) => change),
  RATE: ([value], { periodSeconds }) => changes(seriesOf(value), (change) => change / periodSeconds),
  RUNNING_SUM: ([value]) => series(runningSum(seriesOf(value))),
  FILL: ([value, filler], context) => fill(required(value), required(filler), context),
  IF: ([condition, whenTrue, whenFalse]) =>
    choose(single(condition), single(whenTrue), whenFalse === undefined ? undefined : single(whenFalse)),
};

/** @throws {Error} when a function is given too little. */
export function required(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A function of metric math is given too little.');
  return value;
}

/** @throws {Error} for several series where one is meant. */
export function single(value: Value | undefined): SeriesOrNumber {
  const given = required(value);
  if (given.kind === 'list') throw new Error('Several series stand where metric math takes one.');
  return given;
}

function seriesOf(value: Value | undefined): readonly Point[] {
  const given = single(value);
  if (given.kind === 'number') throw new Error('A number stands where metric math takes a series.');
  return given.points;
}

function sum(points: readonly number[]): number {
  return points.reduce((total, point) => total + point, 0);
}

function real(points: readonly Point[]): readonly number[] {
  return points.filter((point) => point !== undefined);
}

/** A series becomes one number; a list becomes one series, of the points that are there at each time. */
function aggregate(value: Value, calculate: (points: readonly number[]) => number): Value {
  if (value.kind === 'number') return value;
  if (value.kind === 'series') {
    const points = real(value.points);
    return number(points.length === 0 ? Number.NaN : calculate(points));
  }
  const length = Math.max(0, ...value.series.map((points) => points.length));
  return series(
    Array.from({ length }, (_unused, index) => {
      const points = real(value.series.map((one) => one[index]));
      return points.length === 0 ? undefined : calculate(points);
    }),
  );
}

/** The difference to the point before, which must be there too. */
function changes(points: readonly Point[], change: (difference: number) => number): Value {
  return series(
    points.map((point, index) => {
      const before = points[index - 1];
      return point === undefined || before === undefined ? undefined : change(point - before);
    }),
  );
}

function runningSum(points: readonly Point[]): readonly Point[] {
  let total = 0;
  return points.map((point) => (point === undefined ? undefined : (total += point)));
}

function fill(value: Value, filler: Value, { fillsEmptySeries }: MathContext): Value {
  if (value.kind === 'number') return value;
  const filled = (points: readonly Point[]): readonly Point[] => {
    if (!fillsEmptySeries && real(points).length === 0) return points;
    return points.map((point, index) => point ?? pointAt(single(filler), index));
  };
  return value.kind === 'series'
    ? series(filled(value.points))
    : { kind: 'list', series: value.series.map(filled) };
}

/** Without a condition there is no point, and none where it does not hold and nothing is given for that. */
function choose(
  condition: SeriesOrNumber,
  whenTrue: SeriesOrNumber,
  whenFalse: SeriesOrNumber | undefined,
): Value {
  const at = (index: number): Point => {
    const holds = pointAt(condition, index);
    if (holds === undefined) return undefined;
    if (holds !== 0) return pointAt(whenTrue, index);
    return whenFalse === undefined ? undefined : pointAt(whenFalse, index);
  };
  const all = [condition, whenTrue, ...(whenFalse === undefined ? [] : [whenFalse])];
  const lengths = all.flatMap((value) => (value.kind === 'series' ? [value.points.length] : []));
  return lengths.length === 0
    ? number(at(0) ?? Number.NaN)
    : series(Array.from({ length: Math.max(...lengths) }, (_unused, index) => at(index)));
}
