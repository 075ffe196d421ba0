import { parse, View, type GroupMark, type Mark, type Spec } from 'vega';
import type { DrawnPanel, DrawnPicture } from './pictures.ts';

const WIDTH = 640;
const PANEL_HEIGHT = 130;
const GAP = 60;
const COLORS = { points: '#1f5fa8', threshold: '#c0392b', alarm: '#e67e22', page: '#8e1b10', text: '#333' };

/** Draws a picture as SVG: a panel for each alarm, with its points, its threshold, and when it went to ALARM. */
export async function drawSvg(picture: DrawnPicture): Promise<string> {
  const view = new View(parse(specOf(picture)), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function specOf(picture: DrawnPicture): Spec {
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    background: 'white',
    width: WIDTH,
    height: picture.panels.length * (PANEL_HEIGHT + GAP) - GAP,
    padding: 12,
    marks: picture.panels.map((panel, index) => panelMark(panel, index, picture)),
  };
}

function panelMark(panel: DrawnPanel, index: number, { from, to, pagedAt }: DrawnPicture): GroupMark {
  const highest = Math.max(1, panel.threshold, ...panel.points.map(({ value }) => value));
  return {
    type: 'group',
    encode: {
      enter: {
        y: { value: index * (PANEL_HEIGHT + GAP) },
        width: { value: WIDTH },
        height: { value: PANEL_HEIGHT },
      },
    },
    title: { text: panel.title, anchor: 'start', fontSize: 12 },
    data: [{ name: 'points', values: panel.points.map((point) => ({ ...point })) }],
    scales: [
      { name: 'x', type: 'linear', domain: [from, to], range: [0, WIDTH] },
      { name: 'y', type: 'linear', domain: [0, highest * 1.15], range: [PANEL_HEIGHT, 0], nice: true },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: 'minutes', tickCount: 15, grid: false },
      { orient: 'left', scale: 'y', title: panel.axis, tickCount: 4, grid: true },
    ],
    marks: [
      thresholdMark(panel.threshold),
      lineMark(),
      symbolMark(),
      ...verticalMarks({ at: 0, label: 'it begins', color: COLORS.text }),
      ...(panel.alarmAt === undefined
        ? []
        : verticalMarks({ at: panel.alarmAt, label: 'ALARM', color: COLORS.alarm, side: 'left' })),
      ...(pagedAt === undefined || pagedAt === panel.alarmAt
        ? []
        : verticalMarks({ at: pagedAt, label: 'page', color: COLORS.page })),
    ],
  };
}

function thresholdMark(threshold: number): Mark {
  return {
    type: 'rule',
    encode: {
      enter: {
        x: { value: 0 },
        x2: { value: WIDTH },
        y: { scale: 'y', value: threshold },
        stroke: { value: COLORS.threshold },
        strokeDash: { value: [6, 4] },
      },
    },
  };
}

function lineMark(): Mark {
  return {
    type: 'line',
    from: { data: 'points' },
    encode: {
      enter: {
        x: { scale: 'x', field: 'minute' },
        y: { scale: 'y', field: 'value' },
        stroke: { value: COLORS.points },
        strokeWidth: { value: 1.5 },
      },
    },
  };
}

/** Single points show where the line only bridges a gap. */
function symbolMark(): Mark {
  return {
    type: 'symbol',
    from: { data: 'points' },
    encode: {
      enter: {
        x: { scale: 'x', field: 'minute' },
        y: { scale: 'y', field: 'value' },
        fill: { value: COLORS.points },
        size: { value: 18 },
      },
    },
  };
}

interface Vertical {
  readonly at: number;
  readonly label: string;
  readonly color: string;
  /** Where the label is; on the left it is lower, too, so that labels that are close do not cover each other. */
  readonly side?: 'left' | 'right';
}

function verticalMarks({ at, label, color, side = 'right' }: Vertical): Mark[] {
  return [
    {
      type: 'rule',
      encode: {
        enter: {
          x: { scale: 'x', value: at },
          y: { value: 0 },
          y2: { value: PANEL_HEIGHT },
          stroke: { value: color },
          strokeWidth: { value: 1.5 },
        },
      },
    },
    {
      type: 'text',
      encode: {
        enter: {
          x: { scale: 'x', value: at, offset: side === 'left' ? -4 : 4 },
          y: { value: side === 'left' ? 24 : 10 },
          align: { value: side === 'left' ? 'right' : 'left' },
          text: { value: label },
          fill: { value: color },
          fontSize: { value: 11 },
        },
      },
    },
  ];
}
