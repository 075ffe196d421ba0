import type { LetterQueueView } from '../../model/failures.ts';
import { Badge, Empty } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { queues } from '../store.ts';
import { count } from '../text.ts';
import { LetterPage } from './letter-page.tsx';
import { LetterQueue } from './letter-queue.tsx';

/** Dead letters: of all consumers, of one, or one of them. The id is `<consumer>` or `<consumer>/<letter>`. */
export function Failures({ id }: { readonly id: string }) {
  if (queues.value.length === 0) return <Empty>Waiting for the dead-letter queues.</Empty>;
  const [consumer = '', ...rest] = id.split('/');
  const letter = rest.join('/');
  const chosen = queues.value.find((queue) => queue.consumer === consumer);
  return (
    <>
      <div class="groups">
        {queues.value.map((queue) => (
          <QueueCard key={queue.consumer} queue={queue} isChosen={queue === chosen} />
        ))}
      </div>
      {chosen === undefined ? (
        <Empty>
          A record that a consumer can never process is parked in the dead-letter queue of this consumer
          alone, and the records behind it continue. Choose a consumer to see its dead letters and bring them
          back.
        </Empty>
      ) : letter === '' ? (
        <LetterQueue key={chosen.consumer} queue={chosen} />
      ) : (
        <LetterPage key={id} consumer={chosen.consumer} id={letter} />
      )}
    </>
  );
}

function QueueCard({ queue, isChosen }: { readonly queue: LetterQueueView; readonly isChosen: boolean }) {
  const { consumer, groupId, depth, atWork } = queue;
  return (
    <article class={`group ${isChosen ? 'chosen' : ''}`} data-queue={consumer} aria-label={consumer}>
      <header>
        <h3>
          <a href={addressOf('failures', consumer)} aria-current={isChosen ? 'true' : undefined}>
            {consumer}
          </a>
        </h3>
        <DepthBadge depth={depth} />
      </header>
      <p class="big">{depth === undefined ? 'unknown' : count(depth)}</p>
      <p class="why">
        {depth === 1 ? 'message' : 'messages'} of <a href={addressOf('groups', groupId)}>{groupId}</a>
      </p>
      {atWork === undefined ? null : <p class="note">At work: {atWork}</p>}
    </article>
  );
}

function DepthBadge({ depth }: { readonly depth: number | undefined }) {
  if (depth === undefined) return <Badge kind="plain">not known</Badge>;
  return depth === 0 ? <Badge kind="good">empty</Badge> : <Badge kind="bad">dead letters</Badge>;
}
