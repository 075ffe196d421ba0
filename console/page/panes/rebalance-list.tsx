import type { Move, RebalanceCause, RebalanceView } from '../../model/views.ts';
import { Badge, Empty } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { duration, plural, ranges, timeOfDay } from '../text.ts';

/** Rebalances, the newest first. */
export function RebalanceList({ rebalances }: { readonly rebalances: readonly RebalanceView[] }) {
  if (rebalances.length === 0) return <Empty>No rebalance since the console started.</Empty>;
  return (
    <ol class="timeline">
      {rebalances.map((rebalance, index) => (
        <Rebalance
          key={rebalance.id}
          rebalance={rebalance}
          isLast={!rebalances.slice(0, index).some(({ groupId }) => groupId === rebalance.groupId)}
        />
      ))}
    </ol>
  );
}

function Rebalance({
  rebalance,
  isLast,
}: {
  readonly rebalance: RebalanceView;
  /** Of its group. */
  readonly isLast: boolean;
}) {
  const { groupId, generation, startedAt, endedAt, causes, moves, members } = rebalance;
  return (
    <li data-rebalance={groupId} data-generation={generation} class={endedAt === undefined ? 'open' : ''}>
      <div class="when">
        <time dateTime={new Date(startedAt).toISOString()}>{timeOfDay(startedAt)}</time>
      </div>
      <div class="what">
        <p class="line">
          <a href={addressOf('groups', groupId)}>{groupId}</a>{' '}
          {generation === undefined ? (
            <Badge kind="busy">rebalancing</Badge>
          ) : (
            <Badge kind="plain">generation {generation}</Badge>
          )}{' '}
          <span class="why">
            {members === undefined ? '' : plural(members, 'member')}
            {endedAt === undefined ? '' : `, all partitions stood still for ${duration(endedAt - startedAt)}`}
          </span>
        </p>
        <ul class="causes">
          {causes.map((cause) => (
            <li key={causeText(cause)}>
              <Badge kind={cause.kind === 'timeout' ? 'bad' : 'plain'}>{CAUSES[cause.kind]}</Badge>{' '}
              {causeText(cause)}
            </li>
          ))}
        </ul>
        {moves === undefined ? isLast ? null : <Overtaken /> : <Moves moves={moves} />}
      </div>
    </li>
  );
}

const CAUSES: Readonly<Record<RebalanceCause['kind'], string>> = {
  join: 'join',
  leave: 'leave',
  timeout: 'session timeout',
  rejoin: 'rejoin',
  unknown: 'unknown',
};

function causeText(cause: RebalanceCause): string {
  switch (cause.kind) {
    case 'join':
      return `${cause.member} joined`;
    case 'leave':
      return `${cause.member} left`;
    case 'timeout':
      return `${cause.member} sent no heartbeat until its session timed out`;
    case 'rejoin':
      return `${cause.member} joined again: ${cause.reason}`;
    case 'unknown':
      return cause.reason ?? 'the cause is unknown';
  }
}

/** Owners are seen once a second. */
function Overtaken() {
  return <p class="why">The next one came before it was seen who reads what: it has the moves of both.</p>;
}

function Moves({ moves }: { readonly moves: readonly Move[] }) {
  if (moves.length === 0) return <p class="why">No partition is known to have another reader.</p>;
  return (
    <ul class="moves">
      {moves.map((move) => (
        <li key={`${move.from}-${move.to}-${move.partitions.join()}`}>
          <strong>
            {move.partitions.length === 1 ? 'partition' : 'partitions'} {ranges(move.partitions)}
          </strong>{' '}
          from {move.from ?? 'nobody'} to {move.to ?? 'nobody'}
          {move.unreadMs === undefined ? '' : `; nobody read for ${duration(move.unreadMs)}`}
        </li>
      ))}
    </ul>
  );
}
