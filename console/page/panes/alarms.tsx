import type { AlarmChangeView, AlarmView } from '../../model/watch-views.ts';
import { Badge, Empty, Section, TableBox } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { alarms } from '../store.ts';
import { dayAndTime } from '../text.ts';

/** All alarms, or one with its history. */
export function Alarms({ id }: { readonly id: string }) {
  const { alarms: all, changes, problem } = alarms.value;
  if (all.length === 0) {
    return (
      <Empty>
        {problem === undefined ? 'Waiting for the alarms.' : `The alarms are not known: ${problem}`}
      </Empty>
    );
  }
  const chosen = all.find(({ name }) => name === id);
  return (
    <>
      {problem === undefined ? null : <p class="problem">The alarms could not be read again: {problem}</p>}
      {chosen === undefined ? <AllAlarms alarms={all} /> : <OneAlarm alarm={chosen} />}
      <Section title="History">
        <Changes
          changes={chosen === undefined ? changes : changes.filter(({ name }) => name === chosen.name)}
        />
      </Section>
    </>
  );
}

const STATES = {
  ALARM: { kind: 'bad', text: 'alarm' },
  OK: { kind: 'good', text: 'ok' },
  INSUFFICIENT_DATA: { kind: 'plain', text: 'no data' },
} as const;

function AlarmState({ state }: Pick<AlarmView, 'state'>) {
  return <Badge kind={STATES[state].kind}>{STATES[state].text}</Badge>;
}

function AllAlarms({ alarms: all }: { readonly alarms: readonly AlarmView[] }) {
  const ringing = all.filter(({ state }) => state === 'ALARM').length;
  return (
    <Section
      title="Alarms"
      aside={
        <p class="legend">
          {all.length} alarms, of which {ringing === 0 ? 'none rings' : `${ringing} ring`}.
        </p>
      }
    >
      <TableBox label="Alarms">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">state</th>
              <th scope="col">alarm</th>
              <th scope="col">since</th>
              <th scope="col">what decided</th>
            </tr>
          </thead>
          <tbody>
            {all.map((alarm) => (
              <tr key={alarm.name} data-alarm={alarm.name} data-state={alarm.state}>
                <td>
                  <AlarmState state={alarm.state} />
                </td>
                <td>
                  <a href={addressOf('alarms', alarm.name)}>{alarm.name}</a>
                </td>
                <td class="tight">{sinceText(alarm)}</td>
                <td class="why">{alarm.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
    </Section>
  );
}

const sinceText = ({ since }: AlarmView): string =>
  since === undefined ? '–' : dayAndTime(Date.parse(since));

const pointsText = ({ points }: AlarmView): string => (points.length === 0 ? '–' : points.join(', '));

function OneAlarm({ alarm }: { readonly alarm: AlarmView }) {
  const { name, state, reason } = alarm;
  return (
    <Section title={name} aside={<a href={addressOf('alarms')}>All alarms</a>}>
      <dl class="facts">
        <div>
          <dt>state</dt>
          <dd>
            <AlarmState state={state} />
          </dd>
        </div>
        <div>
          <dt>since</dt>
          <dd>{sinceText(alarm)}</dd>
        </div>
        <div>
          <dt>what decided</dt>
          <dd>{reason === '' ? 'It was not evaluated yet.' : reason}</dd>
        </div>
        <div>
          <dt>the points</dt>
          <dd>{pointsText(alarm)}</dd>
        </div>
      </dl>
    </Section>
  );
}

function Changes({ changes }: { readonly changes: readonly AlarmChangeView[] }) {
  if (changes.length === 0) return <Empty>No state has changed yet.</Empty>;
  return (
    <ol class="timeline">
      {changes.map(({ name, at, from, to, reason }) => (
        <li key={`${name}/${at}/${to}`}>
          <div class="when">
            <time dateTime={at}>{dayAndTime(Date.parse(at))}</time>
          </div>
          <div class="what">
            <p class="line">
              <a href={addressOf('alarms', name)}>{name}</a>
            </p>
            <p class="why">
              {from} → {to}: {reason}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
