import type { GroupView, MemberView } from '../../model/views.ts';
import { Badge, MemberMark } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { count, plural, ranges } from '../text.ts';

/** One consumer group: its state, its members and their partitions. */
export function GroupCard({ group, partitions }: { readonly group: GroupView; readonly partitions: number }) {
  const idle = group.members.filter((member) => member.partitions.length === 0).length;
  return (
    <article class="group" data-group={group.groupId} aria-label={group.groupId}>
      <header>
        <h3>
          <a href={addressOf('groups', group.groupId)}>{group.groupId}</a>
        </h3>
        <StateBadge state={group.state} />
      </header>
      <dl class="figures">
        <div>
          <dt>lag</dt>
          <dd class="big">{group.lag === undefined ? 'unknown' : count(group.lag)}</dd>
        </div>
        <div>
          <dt>members</dt>
          <dd class="big">{group.members.length}</dd>
        </div>
        <div>
          <dt>generation</dt>
          <dd class="big">{group.generation ?? '–'}</dd>
        </div>
      </dl>
      <ul class="members">
        {group.members.map((member) => (
          <Member key={member.memberId} member={member} settled={group.state === 'Stable'} />
        ))}
      </ul>
      {idle > 0 && group.state === 'Stable' ? (
        <p class="note">
          {plural(idle, 'member')} idle: a partition has one reader in a group, and{' '}
          {plural(group.members.length, 'member')} share {plural(partitions, 'partition')}.
        </p>
      ) : null}
      {group.members.length === 0 ? (
        <p class="note">Nobody reads for this group. Its offsets stay, and its lag grows.</p>
      ) : null}
    </article>
  );
}

function Member({ member, settled }: { readonly member: MemberView; readonly settled: boolean }) {
  const { partitions, name, pid } = member;
  return (
    <li data-member={name}>
      <MemberMark color={member.color} name={name} />
      <span class="member-name">{name}</span>
      <span class="member-parts">
        {partitions.length > 0 ? `reads ${ranges(partitions)}` : settled ? 'idle' : 'joining'}
        {pid === undefined ? ', from outside' : ''}
      </span>
    </li>
  );
}

function StateBadge({ state }: { readonly state: string }) {
  if (state === 'Stable') return <Badge kind="good">Stable</Badge>;
  if (state.includes('Rebalance')) return <Badge kind="busy">rebalancing</Badge>;
  if (state === 'Unknown' || state === 'Dead') return <Badge kind="bad">{state}</Badge>;
  return <Badge kind="plain">{state}</Badge>;
}
