import { Empty, Section } from '../parts.tsx';
import { history, overview } from '../store.ts';
import { LagChart } from './lag-chart.tsx';

/** Lag and throughput of all groups over time. */
export function Lag() {
  const groupIds = overview.value?.groups.map(({ groupId }) => groupId) ?? [];
  if (groupIds.length === 0 || history.value.times.length === 0)
    return <Empty>Waiting for the first samples.</Empty>;
  return (
    <>
      <Section
        title="Lag"
        aside={<p class="legend">Records that each group has still to read. A gap: it was not known.</p>}
      >
        <LagChart groupIds={groupIds} />
      </Section>
      <Section
        title="Throughput"
        aside={<p class="legend">Records a second: committed by each group, and new on the topic.</p>}
      >
        <LagChart groupIds={groupIds} measure="throughput" />
      </Section>
    </>
  );
}
