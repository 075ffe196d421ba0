import type { Point } from '../judge-points.ts';
import type { Operator } from './parse-expression.ts';
import { number, pointAt, series, type SeriesOrNumber, type Value } from './value.ts';

/**
 * Applies an operator, point by point. Arithmetic has no result where a side is missing. A comparison and a logical operator
 * give 1 or 0 and read the missing one of two series as 0; a missing point against a number has no result.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function operate(operator: Operator, left: SeriesOrNumber, right: SeriesOrNumber): Value {
  if (left.kind === 'number' && right.kind === 'number') {
    return number(CALCULATIONS[operator](left.value, right.value) ?? Number.NaN);
  }
  const needsBoth = isArithmetic(operator) || left.kind === 'number' || right.kind === 'number';
  const length = Math.max(lengthOf(left), lengthOf(right));
  return series(
    Array.from({ length }, (_unused, index) => {
      const points = [pointAt(left, index), pointAt(right, index)] as const;
      return isEnough(points, needsBoth) ? CALCULATIONS[operator](points[0] ?? 0, points[1] ?? 0) : undefined;
    }),
  );
}

function lengthOf(value: SeriesOrNumber): number {
  return value.kind === 'series' ? value.points.length : 0;
}

function isEnough([left, right]: readonly [Point, Point], needsBoth: boolean): boolean {
  return needsBoth ? left !== undefined && right !== undefined : left !== undefined || right !== undefined;
}

function isArithmetic(operator: Operator): boolean {
  return '+-*/^'.includes(operator);
}

/** Undefined for a division by zero, which CloudWatch leaves out. */
const CALCULATIONS: Readonly<Record<Operator, (left: number, right: number) => Point>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '^': (left, right) => left ** right,
  '==': (left, right) => truth(left === right),
  '!=': (left, right) => truth(left !== right),
  '<': (left, right) => truth(left < right),
  '>': (left, right) => truth(left > right),
  '<=': (left, right) => truth(left <= right),
  '>=': (left, right) => truth(left >= right),
  AND: and,
  '&&': and,
  OR: or,
  '||': or,
};

function and(left: number, right: number): number {
  return truth(left !== 0 && right !== 0);
}

function or(left: number, right: number): number {
  return truth(left !== 0 || right !== 0);
}

function truth(holds: boolean): number {
  return holds ? 1 : 0;
}
