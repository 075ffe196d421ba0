import { useEffect, useRef } from 'preact/hooks';
import { effect } from '@preact/signals';
import uPlot from 'uplot';
import { chartOptions } from '../chart-options.ts';
import { history } from '../store.ts';
import type { History } from '../../model/views.ts';

type Measure = 'lag' | 'throughput';

/** A line for each group. A sample that does not know is a gap. */
export function LagChart({
  groupIds,
  measure = 'lag',
}: {
  readonly groupIds: readonly string[];
  readonly measure?: Measure;
}) {
  const box = useRef<HTMLDivElement>(null);
  const names = groupIds.join('\n');
  useEffect(() => {
    const place = box.current;
    if (place === null) return undefined;
    const ids = names.split('\n');
    const series = measure === 'throughput' ? [...ids, 'onto the topic'] : ids;
    const chart = new uPlot(chartOptions(series, place.clientWidth), [[]], place);
    const resize = new ResizeObserver(() => {
      chart.setSize({ width: place.clientWidth, height: chart.height });
    });
    resize.observe(place);
    const stop = effect(() => {
      chart.setData(dataOf(history.value, ids, measure));
    });
    return () => {
      stop();
      resize.disconnect();
      chart.destroy();
    };
  }, [names, measure]);
  return <div class="chart" ref={box} role="img" aria-label={labelOf(measure, groupIds)} />;
}

function dataOf(samples: History, groupIds: readonly string[], measure: Measure): uPlot.AlignedData {
  const columns = groupIds.map((id) => {
    const group = samples.groups.find(({ groupId }) => groupId === id);
    return [...(group?.[measure] ?? samples.times.map(() => null))];
  });
  const produced = measure === 'throughput' ? [[...samples.produced]] : [];
  return [samples.times.map((at) => at / 1_000), ...columns, ...produced];
}

const labelOf = (measure: Measure, groupIds: readonly string[]): string =>
  `${measure === 'lag' ? 'Lag' : 'Throughput'} over time of ${groupIds.join(', ')}. The numbers of now are in the table of groups.`;
