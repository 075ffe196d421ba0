import type {
  Attempt,
  EffectView,
  Looked,
  RecordFate,
  TracedEvent,
  TracedGroup,
  TraceView,
} from '../../model/trace.ts';
import { Badge, Empty, Section } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { count, dayAndTime, duration, plural, timeOfDay } from '../text.ts';

/** An order's events, and what each group made of them. */
export function Trace({ trace }: { readonly trace: TraceView }) {
  const { key, looked, events, effects, attemptsSince } = trace;
  return (
    <>
      <Section title={`Order ${key}`} aside={<p class="legend">{looked.map(lookedText).join(' ')}</p>}>
        {events.length === 0 ? (
          <Empty>No record has this key. Keys are compared letter by letter.</Empty>
        ) : (
          <p class="why">
            {plural(events.length, 'event')} in{' '}
            {events.every(({ partition }) => partition === events[0]?.partition)
              ? `partition ${events[0]?.partition}`
              : 'several partitions, as the topic grew'}
            .
            {attemptsSince === undefined
              ? ''
              : ` Attempts from before ${timeOfDay(attemptsSince)} are not kept.`}
          </p>
        )}
      </Section>
      {events.map((event) => (
        <Event key={`${event.partition}/${event.offset}`} event={event} />
      ))}
      {events.length === 0 ? null : <Effects effects={effects} />}
    </>
  );
}

function lookedText({ partition, from, to, start, tookMs }: Looked): string {
  const older = from > start ? ` Older ones, from offset ${count(start)} on, were not read.` : '';
  return `Looked at ${plural(to - from, 'record')} of partition ${partition}, offsets ${count(from)} to ${count(Math.max(from, to - 1))}, in ${duration(tookMs)}.${older}`;
}

function Event({ event }: { readonly event: TracedEvent }) {
  const { partition, offset, timestamp, type, groups } = event;
  return (
    <section class="card" aria-label={`${type} at offset ${offset}`} data-event={`${partition}/${offset}`}>
      <div class="card-head">
        <h2>{type}</h2>
        <p class="legend">
          partition {partition}, offset {count(offset)}, {timeOfDay(timestamp)}
        </p>
      </div>
      <div class="journeys">
        {groups.map((group) => (
          <Journey key={group.groupId} group={group} />
        ))}
      </div>
    </section>
  );
}

const STATES = {
  waiting: { kind: 'busy', text: 'waiting' },
  working: { kind: 'busy', text: 'being handled' },
  done: { kind: 'good', text: 'done' },
  parked: { kind: 'bad', text: 'parked' },
  redriven: { kind: 'good', text: 'redriven' },
  unknown: { kind: 'bad', text: 'unknown' },
} as const;

function Journey({ group: { groupId, state, ahead, attempts, fate } }: { readonly group: TracedGroup }) {
  return (
    <div class="journey" data-journey={groupId} data-state={state}>
      <h3>
        <a href={addressOf('groups', groupId)}>{groupId}</a>{' '}
        <Badge kind={STATES[state].kind}>{STATES[state].text}</Badge>
      </h3>
      {ahead === undefined ? null : (
        <p class="why">{ahead === 0 ? 'Next in line.' : `${plural(ahead, 'record')} before it.`}</p>
      )}
      <ol class="attempts">
        {attempts.map((attempt) => (
          <li key={`${attempt.pid}/${attempt.startedAt}`}>{attemptText(attempt)}</li>
        ))}
      </ol>
      {fate === undefined ? null : <Fate fate={fate} />}
      {state === 'done' && attempts.length === 0 ? (
        <p class="why">Committed; its attempts are not kept.</p>
      ) : null}
    </div>
  );
}

function Fate({ fate }: { readonly fate: RecordFate }) {
  if (fate.kind === 'redriven') {
    return (
      <p class="why">
        Redriven at {dayAndTime(fate.at)} by {fate.by}
        {fate.hadEffectBefore ? '; it had its effect before.' : '.'}
      </p>
    );
  }
  const { consumer, id, reason, state, redriven } = fate;
  return (
    <p class="why">
      <a href={addressOf('failures', `${consumer}/${id}`)}>{reason}</a>: {state}
      {redriven === 0 ? '' : `, redriven ${plural(redriven, 'time')}`}.
    </p>
  );
}

const OUTCOMES: Readonly<Record<Attempt['outcome'], string>> = {
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  notReached: 'did not reach the function',
  lost: 'ended with its poller',
};

function attemptText({ attempt, startedAt, outcome, tookMs, records, pid }: Attempt): string {
  const took = tookMs === undefined ? '' : ` after ${duration(tookMs)}`;
  return `${timeOfDay(startedAt)}  attempt ${attempt} ${OUTCOMES[outcome]}${took}, in a batch of ${count(records)} by poller ${pid}`;
}

function Effects({ effects }: { readonly effects: readonly EffectView[] }) {
  return (
    <Section title="What came of it">
      {effects.length === 0 ? (
        <Empty>No effect is stored yet.</Empty>
      ) : (
        <ul class="effects">
          {effects.map(({ groupId, text }) => (
            <li key={`${groupId}/${text}`} data-effect={groupId}>
              <Badge kind="good">effect</Badge> <strong>{groupId}</strong> {text}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
