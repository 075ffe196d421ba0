import type { ComponentChildren } from 'preact';
import type { ShownLetterView, ShownRecordView } from '../../model/failures.ts';
import { Empty, Section } from '../parts.tsx';
import { addressOf } from '../route.ts';
import { shownRevisions } from '../store.ts';
import { dayAndTime } from '../text.ts';
import { useAnswer } from '../use-answer.ts';
import { LetterState } from './letter-queue.tsx';

/** One dead letter with its record; contact data in it is masked. */
export function LetterPage({ consumer, id }: { readonly consumer: string; readonly id: string }) {
  const path = `/api/failures/${encodeURIComponent(consumer)}/letter?id=${encodeURIComponent(id)}`;
  const { value, problem } = useAnswer<ShownLetterView>(path, shownRevisions.value.failures);
  if (problem !== undefined) return <Empty>{problem}</Empty>;
  if (value === undefined) return <Empty>Looking for the letter…</Empty>;
  const { row, message, supersededBy, records, moreRecords, text } = value;
  return (
    <>
      <Section
        title={`Letter ${row.id} of ${consumer}`}
        aside={<a href={addressOf('failures', consumer)}>All dead letters of {consumer}</a>}
      >
        <dl class="facts">
          <Fact name="state">
            <LetterState state={row.state} />
          </Fact>
          <Fact name="reason">{row.reason}</Fact>
          <Fact name="message">{message}</Fact>
          <Fact name="order">
            {row.orderId === undefined ? undefined : (
              <a href={addressOf('orders', row.orderId)}>{row.orderId}</a>
            )}
          </Fact>
          <Fact name="first seen">{dayAndTime(Date.parse(row.firstSeen))}</Fact>
          <Fact name="redriven">{row.redriven === 0 ? 'not yet' : `${row.redriven} of 3 times`}</Fact>
          <Fact name="hours left">{row.hoursLeft}</Fact>
          <Fact name="replaced by">{supersededBy}</Fact>
        </dl>
      </Section>
      {records.map((record) => (
        <Record key={`${record.partition}:${record.offset}`} record={record} />
      ))}
      {moreRecords ? <Empty>More records of the range are not shown.</Empty> : null}
      {text === undefined ? null : (
        <Section title="The message">
          <pre tabIndex={0}>{text}</pre>
        </Section>
      )}
    </>
  );
}

/** Nothing, where there is nothing to say. */
function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (children === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Record({ record }: { readonly record: ShownRecordView }) {
  const { partition, offset, time, key, headers, value, valueIs } = record;
  return (
    <Section
      title={`Record ${partition}:${offset}`}
      aside={<p class="legend">E-mail addresses and phone numbers are masked.</p>}
    >
      <dl class="facts">
        <Fact name="time">{dayAndTime(Date.parse(time))}</Fact>
        <Fact name="key">{key ?? 'none'}</Fact>
        {Object.entries(headers).map(([name, header]) => (
          <Fact key={name} name={name}>
            {header}
          </Fact>
        ))}
      </dl>
      <p class="why">Value: {valueIs}</p>
      <pre data-record={`${partition}:${offset}`} tabIndex={0}>
        {valueIs === 'json' ? JSON.stringify(value, null, 2) : String(value)}
      </pre>
    </Section>
  );
}
