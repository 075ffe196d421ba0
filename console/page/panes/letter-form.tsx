import { useState } from 'preact/hooks';
import type { LetterWorkView } from '../../model/failures.ts';
import { postJson } from '../api.ts';
import { fieldText as text } from '../form-data.ts';

type Work = 'rehearse' | 'redrive';
type Result = LetterWorkView | { readonly problem: string };

/** Chooses dead letters, and rehearses or redrives them. Both say what came of it in the words of the command line. */
export function LetterForm({
  consumer,
  reasons,
}: {
  readonly consumer: string;
  readonly reasons: readonly string[];
}) {
  const [result, setResult] = useState<Result>();
  const [busyWith, setBusyWith] = useState<Work>();
  const perform = async (work: Work, data: FormData): Promise<void> => {
    setBusyWith(work);
    setResult(await workOn(consumer, work, choiceOf(data)));
    setBusyWith(undefined);
  };
  return (
    <form
      class="card experiment"
      aria-label="Bring them back"
      data-redrive={consumer}
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event;
        const work = submitter?.getAttribute('value') === 'redrive' ? 'redrive' : 'rehearse';
        void perform(work, new FormData(event.currentTarget));
      }}
    >
      <h2>Bring them back</h2>
      <p class="why">
        A rehearsal asks the code of the consumer what would succeed, without effects. A redrive hands the
        records to this consumer alone, in the order of their key; a message goes only after its record
        succeeded. After three redrives a record is held.
      </p>
      <div class="fields">
        <label>
          reason
          <select name="reason">
            <option value="">every reason</option>
            {reasons.map((reason) => (
              <option key={reason}>{reason}</option>
            ))}
          </select>
        </label>
        <label>
          order
          <input
            name="order"
            placeholder="every order"
            maxLength={256}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
        <label>
          first
          <input name="first" type="number" min={1} placeholder="all" inputMode="numeric" />
        </label>
        <label>
          a second
          <input name="perSecond" type="number" min={1} max={10_000} placeholder="any" inputMode="numeric" />
        </label>
        <label class="check">
          <input name="force" type="checkbox" value="yes" /> held ones, too
        </label>
        <button type="submit" value="rehearse" class="quiet" disabled={busyWith !== undefined}>
          {busyWith === 'rehearse' ? 'Rehearsing…' : 'Rehearse'}
        </button>
        <button type="submit" value="redrive" disabled={busyWith !== undefined}>
          {busyWith === 'redrive' ? 'Redriving…' : 'Redrive'}
        </button>
      </div>
      <div class="outcome" aria-live="polite">
        {result === undefined ? null : 'problem' in result ? (
          <p class="bad">{result.problem}</p>
        ) : (
          <pre>{result.text}</pre>
        )}
      </div>
    </form>
  );
}

async function workOn(consumer: string, work: Work, choice: unknown): Promise<Result> {
  try {
    return await postJson<LetterWorkView>(`/api/failures/${encodeURIComponent(consumer)}/${work}`, choice);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Empty fields choose nothing. */
function choiceOf(data: FormData): unknown {
  const given = (name: string): string | undefined => text(data, name).trim() || undefined;
  const number = (name: string): number | undefined => {
    const value = given(name);
    return value === undefined ? undefined : Number(value);
  };
  return {
    reason: given('reason'),
    order: given('order'),
    first: number('first'),
    perSecond: number('perSecond'),
    force: given('force') !== undefined,
  };
}
