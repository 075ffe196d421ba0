import { Section } from '../parts.tsx';
import { calls } from '../store.ts';
import { CallTable } from './call-table.tsx';

export function Invocations() {
  return (
    <Section
      title="Invocations"
      aside={<p class="legend">The latest calls of functions by event pollers, the newest first.</p>}
    >
      <CallTable calls={calls.value.calls} />
    </Section>
  );
}
