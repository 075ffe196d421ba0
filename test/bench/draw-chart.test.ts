import { expect, test } from '@jest/globals';
import { drawChart } from '../../bench/harness/draw-chart.ts';
import type { ContestResult, Row } from '../../bench/harness/run-contest.ts';

const spread = (median: number) => ({ median, least: median - 1, most: median + 1 });

function aResult(rows: readonly Row[], chart: Partial<ContestResult['chart']> = {}): ContestResult {
  return {
    title: 'a contest',
    work: [],
    rounds: 3,
    metrics: [{ name: 'cost', title: 'cost', digits: 0 }],
    chart: { title: 'What it costs', metric: 'cost', ...chart },
    rows,
    judged: [],
  };
}

/** The visible text of an SVG, in its order. */
function textsIn(svg: string): readonly string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) => text ?? '');
}

test('a chart of bars names each contestant and its median', async () => {
  const rows = [
    { contestant: 'ours', figures: { cost: spread(12) }, samples: [] },
    { contestant: 'theirs', figures: { cost: spread(3_400) }, samples: [] },
  ];

  const texts = textsIn(await drawChart(aResult(rows)));

  expect(texts).toEqual(expect.arrayContaining(['What it costs', 'ours', 'theirs', '12', '3,400']));
});

test('a chart of lines names its axis and each series once', async () => {
  const rows = [1, 10].flatMap((x) =>
    ['ours', 'theirs'].map((series) => ({
      contestant: `${series} ${x}`,
      at: { series, x },
      figures: { cost: spread(x) },
      samples: [],
    })),
  );

  const texts = textsIn(await drawChart(aResult(rows, { lines: { x: 'members' } })));

  expect(texts).toEqual(expect.arrayContaining(['What it costs', 'members', '10']));
  expect(texts.filter((text) => text === 'ours' || text === 'theirs')).toEqual(['ours', 'theirs']);
});

test('a contestant without the figure is left out of the chart', async () => {
  const rows = [
    { contestant: 'ours', figures: { cost: spread(12) }, samples: [] },
    { contestant: 'the tool', figures: {}, samples: [] },
  ];

  const texts = textsIn(await drawChart(aResult(rows)));

  expect(texts).not.toContain('the tool');
});
