import type { CallReport } from '../../../local/environment/control/call-report.ts';
import { Badge, Empty, TableBox } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { count, duration, timeOfDay } from '../text.ts';

/** Invocations, the newest first. */
export function CallTable({ calls }: { readonly calls: readonly CallReport[] }) {
  if (calls.length === 0) return <Empty>No invocation yet.</Empty>;
  return (
    <TableBox label="Invocations">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">began</th>
            <th scope="col">group</th>
            <th scope="col">poller</th>
            <th scope="col">partition and offsets</th>
            <th scope="col" class="number">
              records
            </th>
            <th scope="col" class="number">
              attempt
            </th>
            <th scope="col" class="number">
              took
            </th>
            <th scope="col">outcome</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={`${call.pid}/${call.number}/${call.startedAt}`}>
              <td class="tight">{timeOfDay(call.startedAt)}</td>
              <td>
                <a href={addressOf('groups', call.consumerGroupId)}>{call.consumerGroupId}</a>
              </td>
              <td class="tight">{call.pid}</td>
              <td class="tight">{call.partitions.map(partText).join('; ')}</td>
              <td class="number">{count(call.partitions.reduce((sum, { records }) => sum + records, 0))}</td>
              <td class="number">{call.attempt}</td>
              <td class="number">
                {call.end === undefined ? '…' : duration(call.end.endedAt - call.startedAt)}
              </td>
              <td>
                <Outcome call={call} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

const partText = ({ partition, firstOffset, lastOffset }: CallReport['partitions'][number]): string =>
  firstOffset === lastOffset
    ? `${partition}: ${firstOffset}`
    : `${partition}: ${firstOffset} to ${lastOffset}`;

const OUTCOMES = {
  succeeded: { kind: 'good', text: 'succeeded' },
  someFailed: { kind: 'bad', text: 'some failed' },
  allFailed: { kind: 'bad', text: 'failed' },
  notReached: { kind: 'bad', text: 'not reached' },
  lost: { kind: 'bad', text: 'poller died' },
} as const;

function Outcome({ call: { end } }: { readonly call: Pick<CallReport, 'end'> }) {
  if (end === undefined) return <Badge kind="busy">running</Badge>;
  const { kind, text } = OUTCOMES[end.outcome];
  return <Badge kind={kind}>{end.outcome === 'someFailed' ? `${end.failed.length} failed` : text}</Badge>;
}
