import type { CellView, GroupView, Overview } from '../../model/views.ts';
import { MemberMark, TableBox } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { count } from '../text.ts';

/** Partitions by groups: who reads what, and how far. */
export function Matrix({ overview }: { readonly overview: Overview }) {
  const { partitions, groups, topic } = overview;
  return (
    <TableBox label="Partitions and groups">
      <table class="matrix">
        <caption class="hidden">
          Who reads each partition of {topic}, for each consumer group, and how far they are.
        </caption>
        <thead>
          <tr>
            <th scope="col">partition</th>
            {groups.map(({ groupId }) => (
              <th key={groupId} scope="col">
                <a href={addressOf('groups', groupId)}>{groupId}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {partitions.map((partition) => (
            <tr key={partition}>
              <th scope="row">{partition}</th>
              {groups.map((group) => (
                <Cell
                  key={group.groupId}
                  group={group}
                  cell={group.cells.find((cell) => cell.partition === partition)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Cell({ group, cell }: { readonly group: GroupView; readonly cell: CellView | undefined }) {
  if (cell === undefined) return <td>unknown</td>;
  return (
    <td
      data-cell={`${group.groupId}/${cell.partition}`}
      data-status={cell.status}
      class={`cell cell-${cell.status}`}
      title={cell.reason}
    >
      <div class="cell-main">
        {cell.owner === undefined ? <span class="mark mark-none">–</span> : <MemberMark {...cell.owner} />}
        <span class="owner">{ownerText(cell)}</span>
        <span class={`lag ${(cell.lag ?? 0) > 0 ? 'lag-some' : ''}`}>
          {cell.lag === undefined ? '?' : count(cell.lag)}
        </span>
      </div>
      <div class="cell-sub">
        {cell.status === 'read' ? positions(cell) : <span class="why">{cell.reason}</span>}
      </div>
    </td>
  );
}

function ownerText({ owner, status }: CellView): string {
  return owner?.name ?? (status === 'nobody' ? 'nobody' : 'unknown');
}

function positions({ committed, end, expired = 0 }: CellView): string {
  const at = `${committed === undefined ? 'none' : count(committed)} of ${end === undefined ? '?' : count(end)}`;
  return expired === 0 ? at : `${at}, ${count(expired)} expired`;
}
