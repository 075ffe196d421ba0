import { useState } from 'preact/hooks';
import type {
  JournalEntryView,
  JournalView,
  LetterListView,
  LetterQueueView,
  LetterView,
} from '../../model/failures.ts';
import { Badge, Empty, Section, TableBox } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { mayChange, shownRevisions } from '../store.ts';
import { count, dayAndTime, plural } from '../text.ts';
import { useAnswer } from '../use-answer.ts';
import { LetterForm } from './letter-form.tsx';

interface QueueAnswer {
  readonly list: LetterListView;
  readonly journal: JournalView;
}

/** The dead letters of one consumer, what to do with them, and what was done. */
export function LetterQueue({ queue: { consumer, groupId, depth } }: { readonly queue: LetterQueueView }) {
  const [looks, setLooks] = useState(0);
  const again = `${looks} ${shownRevisions.value.failures ?? 0}`;
  const { value, problem } = useAnswer<QueueAnswer>(`/api/failures/${encodeURIComponent(consumer)}`, again);
  if (problem !== undefined) return <Empty>{problem}</Empty>;
  if (value === undefined) return <Empty>Looking into the queue of {consumer}…</Empty>;
  const { list, journal } = value;
  const reasons = [...new Set(list.rows.map(({ reason }) => reason))].toSorted();
  return (
    <>
      <Section
        title={`Dead letters of ${consumer}`}
        aside={
          <p class="legend">
            {listText(list)}{' '}
            <button
              type="button"
              class="quiet"
              onClick={() => {
                setLooks(looks + 1);
              }}
            >
              Look again
            </button>
          </p>
        }
      >
        {list.rows.length === 0 ? (
          <Empty>
            {depth === undefined || depth === 0
              ? `The dead-letter queue of ${groupId} is empty.`
              : 'Somebody else looks at the messages at this moment.'}
          </Empty>
        ) : (
          <LetterTable consumer={consumer} rows={list.rows} />
        )}
      </Section>
      {mayChange.value ? (
        <LetterForm consumer={consumer} reasons={reasons} />
      ) : (
        <Section title="Bring them back">
          <Empty>
            This address is read-only. <code>npm run orders -- console</code> opens the page with the buttons
            that rehearse and redrive.
          </Empty>
        </Section>
      )}
      <Section
        title="Journal"
        aside={<p class="legend">Who did what, and what became of each record. Kept for 90 days.</p>}
      >
        <Journal entries={journal.entries} />
      </Section>
    </>
  );
}

function listText({ rows, moreRows, messages, withOthers }: LetterListView): string {
  const held = withOthers === 0 ? '' : `, about ${count(withOthers)} more held by somebody else`;
  return `${plural(rows.length + moreRows, 'row')} of ${plural(messages, 'message')}${held}.`;
}

/** Rows under their reason, the most frequent one first. */
function LetterTable({
  consumer,
  rows,
}: {
  readonly consumer: string;
  readonly rows: readonly LetterView[];
}) {
  const groups = [...Map.groupBy(rows, ({ reason }) => reason)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return (
    <TableBox label={`Dead letters of ${consumer}`}>
      <table class="plain letters">
        <thead>
          <tr>
            <th scope="col">letter</th>
            <th scope="col">order</th>
            <th scope="col">state</th>
            <th scope="col">first seen</th>
            <th scope="col" class="number">
              redriven
            </th>
            <th scope="col" class="number">
              hours left
            </th>
          </tr>
        </thead>
        {groups.map(([reason, letters]) => (
          <tbody key={reason} data-reason={reason}>
            <tr class="reason">
              <th scope="rowgroup" colSpan={6}>
                {reason} <span class="why">{plural(letters.length, 'letter')}</span>
              </th>
            </tr>
            {letters.map((letter) => (
              <Row key={letter.id} consumer={consumer} letter={letter} />
            ))}
          </tbody>
        ))}
      </table>
    </TableBox>
  );
}

function Row({ consumer, letter }: { readonly consumer: string; readonly letter: LetterView }) {
  const { id, orderId, state, firstSeen, redriven, hoursLeft } = letter;
  return (
    <tr data-letter={id} data-state={state}>
      <td class="tight">
        <a href={addressOf('failures', `${consumer}/${id}`)}>{id}</a>
      </td>
      <td>{orderId === undefined ? '–' : <a href={addressOf('orders', orderId)}>{orderId}</a>}</td>
      <td>
        <LetterState state={state} />
      </td>
      <td class="tight">{dayAndTime(Date.parse(firstSeen))}</td>
      <td class="number">{redriven}</td>
      <td class="number">{hoursLeft ?? '–'}</td>
    </tr>
  );
}

const STATES = {
  waiting: { kind: 'busy', meaning: 'waits for a redrive' },
  held: { kind: 'bad', meaning: 'was redriven as often as may be; choose "held ones, too" to try it again' },
  expired: { kind: 'bad', meaning: 'the topic has deleted what has to be read again' },
  superseded: { kind: 'plain', meaning: 'a corrected event took its place' },
  malformed: { kind: 'bad', meaning: 'the message names no record' },
} as const;

export function LetterState({ state }: Pick<LetterView, 'state'>) {
  const { kind, meaning } = STATES[state];
  return (
    <span title={meaning}>
      <Badge kind={kind}>{state}</Badge>
    </span>
  );
}

const FEW_IDS = 8;

function Journal({ entries }: JournalView) {
  if (entries.length === 0) return <Empty>Nobody has done anything with these dead letters.</Empty>;
  return (
    <ol class="timeline">
      {entries.map((entry) => (
        <JournalEntry key={`${entry.runId}/${entry.step}`} entry={entry} />
      ))}
    </ol>
  );
}

function JournalEntry({ entry }: { readonly entry: JournalEntryView }) {
  const { operation, by, atMs, what, outcomes } = entry;
  return (
    <li data-journal={operation}>
      <div class="when">
        <time dateTime={new Date(atMs).toISOString()}>{dayAndTime(atMs)}</time>
      </div>
      <div class="what">
        <p class="line">
          <strong>{operation}</strong>{' '}
          <span class="why">
            by {by}: {what}
          </span>
        </p>
        <ul class="causes">
          {Object.entries(outcomes).map(([outcome, ids]) => (
            <li key={outcome}>
              {count(ids.length)} {outcome}{' '}
              <span class="why">
                {ids.slice(0, FEW_IDS).join(', ')}
                {ids.length > FEW_IDS ? ', …' : ''}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
