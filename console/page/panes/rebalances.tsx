import { Section } from '../parts.tsx';
import { timeline } from '../store.ts';
import { RebalanceList } from './rebalance-list.tsx';

export function Rebalances() {
  return (
    <Section
      title="Rebalances"
      aside={<p class="legend">Causes are from the group coordinator's log of the local broker.</p>}
    >
      <RebalanceList rebalances={timeline.value} />
    </Section>
  );
}
