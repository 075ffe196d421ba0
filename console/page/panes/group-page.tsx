import type { Overview } from '../../model/views.ts';
import { calls, timeline } from '../store.ts';
import { Empty, Section, TableBox, MemberMark } from '../parts.tsx';
import { count } from '../text.ts';
import { CallTable } from './call-table.tsx';
import { GroupCard } from './group-card.tsx';
import { LagChart } from './lag-chart.tsx';
import { RebalanceList } from './rebalance-list.tsx';

const FEW = 10;

/** All of one group. */
export function GroupPage({ overview, groupId }: { readonly overview: Overview; readonly groupId: string }) {
  const group = overview.groups.find((one) => one.groupId === groupId);
  if (group === undefined)
    return (
      <Empty>
        No consumer group {groupId} has to do with {overview.topic}.
      </Empty>
    );
  return (
    <>
      <div class="groups">
        <GroupCard group={group} partitions={overview.partitions.length} />
      </div>
      <Section title="Partitions">
        <TableBox label={`Partitions of ${groupId}`}>
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">partition</th>
                <th scope="col">read by</th>
                <th scope="col" class="number">
                  committed
                </th>
                <th scope="col" class="number">
                  end
                </th>
                <th scope="col" class="number">
                  lag
                </th>
              </tr>
            </thead>
            <tbody>
              {group.cells.map((cell) => (
                <tr key={cell.partition}>
                  <th scope="row">{cell.partition}</th>
                  <td>
                    {cell.owner === undefined ? null : <MemberMark {...cell.owner} />}{' '}
                    {cell.owner?.name ?? ''}{' '}
                    {cell.reason === undefined ? (
                      ''
                    ) : (
                      <span class="why">
                        {cell.status}: {cell.reason}
                      </span>
                    )}
                  </td>
                  <td class="number">{cell.committed === undefined ? 'none' : count(cell.committed)}</td>
                  <td class="number">{cell.end === undefined ? 'unknown' : count(cell.end)}</td>
                  <td class="number">{cell.lag === undefined ? 'unknown' : count(cell.lag)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      </Section>
      <Section title="Lag">
        <LagChart groupIds={[groupId]} />
      </Section>
      <Section title="Rebalances">
        <RebalanceList rebalances={timeline.value.filter((one) => one.groupId === groupId).slice(0, FEW)} />
      </Section>
      <Section title="Invocations">
        <CallTable
          calls={calls.value.calls.filter((call) => call.consumerGroupId === groupId).slice(0, FEW)}
        />
      </Section>
    </>
  );
}
