import { overview } from '../store.ts';
import { Empty, Section } from '../parts.tsx';
import { GroupCard } from './group-card.tsx';
import { GroupPage } from './group-page.tsx';
import { Matrix } from './matrix.tsx';

/** All groups, or one. */
export function Groups({ id }: { readonly id: string }) {
  const now = overview.value;
  if (now === undefined || now.at === 0) return <Empty>Waiting for the first sample of the broker.</Empty>;
  if (id !== '') return <GroupPage overview={now} groupId={id} />;
  return (
    <>
      <div class="groups">
        {now.groups.map((group) => (
          <GroupCard key={group.groupId} group={group} partitions={now.partitions.length} />
        ))}
      </div>
      <Section title={`Who reads ${now.topic}`} aside={<Legend />}>
        <Matrix overview={now} />
      </Section>
    </>
  );
}

function Legend() {
  return (
    <p class="legend">In each cell: who reads the partition, committed offset of end offset, and the lag.</p>
  );
}
