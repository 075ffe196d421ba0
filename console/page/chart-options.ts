import type uPlot from 'uplot';
import { count, timeOfDay } from './text.ts';

const HEIGHT = 240;

/** Lines differ by colour and by dashes. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [12, 4, 2, 4]];
const LINE_COLORS = 4;

/** How a chart of lines looks, in the colours of the page as it is now. */
export function chartOptions(names: readonly string[], width: number): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { stroke: color('--line'), width: 1 },
    font: '12px system-ui, sans-serif',
  };
  return {
    width,
    height: HEIGHT,
    cursor: { drag: { x: false, y: false } },
    legend: { live: true },
    scales: { x: { time: true }, y: { range: (_chart, _least, most) => [0, Math.max(10, most * 1.1)] } },
    axes: [
      { ...axis, space: 90, values: (_chart, ticks) => ticks.map((tick) => timeOfDay(tick * 1_000)) },
      { ...axis, size: 60, values: (_chart, ticks) => ticks.map((tick) => count(tick)) },
    ],
    series: [
      { label: 'time', value: (_chart, at) => (at === null ? '–' : timeOfDay(at * 1_000)) },
      ...names.map((label, index): uPlot.Series => ({
        label,
        stroke: color(`--line-${index % LINE_COLORS}`),
        width: 2,
        dash: [...(DASHES[index % DASHES.length] ?? [])],
        spanGaps: false,
        points: { show: false },
        value: (_chart, value) => (value === null || value === undefined ? '–' : count(value)),
      })),
    ],
  };
}
