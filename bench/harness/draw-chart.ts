import { parse, View, type Mark, type Scale, type Spec } from 'vega';
import type { ContestResult } from './run-contest.ts';

const WIDTH = 520;
const BAR_HEIGHT = 34;
const LINES_HEIGHT = 260;
const COLORS = { bar: '#1f5fa8', spread: '#333', text: '#333' };

/** A median in a chart, with its spread. */
interface Point {
  readonly name: string;
  readonly series: string;
  readonly x: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly label: string;
}

/** Draws one metric of a contest as SVG: a bar for each contestant, or a line for each series. */
export async function drawChart(contest: ContestResult): Promise<string> {
  const view = new View(parse(specOf(contest)), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

function specOf(contest: ContestResult): Spec {
  const points = pointsOf(contest);
  const shared = {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    background: 'white',
    width: WIDTH,
    padding: 12,
    title: { text: contest.chart.title, anchor: 'start' as const, fontSize: 13 },
    data: [{ name: 'points', values: points.map((point) => ({ ...point })) }],
  };
  return contest.chart.lines === undefined
    ? { ...shared, ...barsOf(points) }
    : { ...shared, ...linesOf(contest.chart.lines) };
}

function pointsOf({ chart, metrics, rows }: ContestResult): readonly Point[] {
  const digits = metrics.find(({ name }) => name === chart.metric)?.digits ?? 0;
  return rows.flatMap(({ contestant, at, figures }) => {
    const spread = figures[chart.metric];
    if (spread === undefined || Number.isNaN(spread.median)) return [];
    const label = spread.median.toLocaleString('en-US', { maximumFractionDigits: digits });
    return [{ name: contestant, series: at?.series ?? '', x: at?.x ?? 0, ...spread, label }];
  });
}

function barsOf(points: readonly Point[]): Omit<Spec, 'data'> {
  return {
    height: points.length * BAR_HEIGHT,
    scales: [
      { name: 'y', type: 'band', domain: points.map(({ name }) => name), range: 'height', padding: 0.3 },
      {
        name: 'x',
        type: 'linear',
        domain: { data: 'points', field: 'most' },
        range: 'width',
        zero: true,
        nice: true,
      },
    ],
    axes: [
      { orient: 'left', scale: 'y', ticks: false, domain: false, labelLimit: 320 },
      { orient: 'bottom', scale: 'x', grid: true, tickCount: 6 },
    ],
    marks: [barMark, spreadMark, labelMark],
  };
}

const middle = { scale: 'y', field: 'name', band: 0.5 };

const barMark: Mark = {
  type: 'rect',
  from: { data: 'points' },
  encode: {
    enter: {
      y: { scale: 'y', field: 'name' },
      height: { scale: 'y', band: 1 },
      x: { scale: 'x', value: 0 },
      x2: { scale: 'x', field: 'median' },
      fill: { value: COLORS.bar },
    },
  },
};

const spreadMark: Mark = {
  type: 'rule',
  from: { data: 'points' },
  encode: {
    enter: {
      y: middle,
      x: { scale: 'x', field: 'least' },
      x2: { scale: 'x', field: 'most' },
      stroke: { value: COLORS.spread },
      strokeWidth: { value: 2 },
    },
  },
};

const labelMark: Mark = {
  type: 'text',
  from: { data: 'points' },
  encode: {
    enter: {
      y: middle,
      x: { scale: 'x', field: 'most', offset: 5 },
      baseline: { value: 'middle' },
      text: { field: 'label' },
      fill: { value: COLORS.text },
      fontSize: { value: 11 },
    },
  },
};

function linesOf({
  x,
  isLogarithmic = false,
}: {
  readonly x: string;
  readonly isLogarithmic?: boolean;
}): Omit<Spec, 'data'> {
  return {
    height: LINES_HEIGHT,
    scales: [xScale(isLogarithmic), yScale, colorScale],
    axes: [
      { orient: 'bottom', scale: 'x', title: x, tickCount: 6, format: ',d' },
      { orient: 'left', scale: 'y', grid: true, tickCount: 6 },
    ],
    legends: [
      { stroke: 'color', orient: 'bottom', direction: 'vertical', labelLimit: 420, symbolType: 'stroke' },
    ],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'line', data: 'points', groupby: 'series' } },
        marks: [lineMark, whiskerMark, symbolMark],
      },
    ],
  };
}

const xScale = (isLogarithmic: boolean): Scale =>
  isLogarithmic
    ? { name: 'x', type: 'log', domain: { data: 'points', field: 'x' }, range: 'width' }
    : {
        name: 'x',
        type: 'linear',
        domain: { data: 'points', field: 'x' },
        range: 'width',
        zero: true,
        nice: true,
      };

const yScale: Scale = {
  name: 'y',
  type: 'linear',
  domain: { data: 'points', field: 'most' },
  range: 'height',
  zero: true,
  nice: true,
};

const colorScale: Scale = {
  name: 'color',
  type: 'ordinal',
  domain: { data: 'points', field: 'series' },
  range: ['#1f5fa8', '#c0392b', '#2e8b57', '#8e44ad', '#e67e22'],
};

const place = { x: { scale: 'x', field: 'x' }, y: { scale: 'y', field: 'median' } };
const ofSeries = { scale: 'color', field: 'series' };

const lineMark: Mark = {
  type: 'line',
  from: { data: 'line' },
  encode: { enter: { ...place, stroke: ofSeries, strokeWidth: { value: 2 } } },
};

const whiskerMark: Mark = {
  type: 'rule',
  from: { data: 'line' },
  encode: {
    enter: {
      x: place.x,
      y: { scale: 'y', field: 'least' },
      y2: { scale: 'y', field: 'most' },
      stroke: ofSeries,
    },
  },
};

const symbolMark: Mark = {
  type: 'symbol',
  from: { data: 'line' },
  encode: { enter: { ...place, fill: ofSeries, size: { value: 36 } } },
};
