import type { Point } from '../judge-points.ts';

/** What an expression gives: a number, a series with a point for each period, or several series. */
export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'series'; readonly points: readonly Point[] }
  | { readonly kind: 'list'; readonly series: readonly (readonly Point[])[] };

export type SeriesOrNumber = Exclude<Value, { kind: 'list' }>;

export function series(points: readonly Point[]): Value {
  return { kind: 'series', points };
}

export function number(value: number): Value {
  return { kind: 'number', value };
}

/** Applies a function to each point that is there, or to the number. */
export function mapPoints(value: Value, change: (point: number) => number): Value {
  switch (value.kind) {
    case 'number':
      return number(change(value.value));
    case 'series':
      return series(value.points.map((point) => (point === undefined ? undefined : change(point))));
    case 'list':
      return {
        kind: 'list',
        series: value.series.map((points) =>
          points.map((point) => (point === undefined ? undefined : change(point))),
        ),
      };
  }
}

/** Point `index` of a series; a number stands for a series that is the same everywhere. */
export function pointAt(value: SeriesOrNumber, index: number): Point {
  return value.kind === 'number' ? value.value : value.points[index];
}
