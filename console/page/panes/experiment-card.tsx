import { useState } from 'preact/hooks';
import type { ExperimentResult } from '../../experiments/result.ts';
import { addressOf } from '../route.ts';
import { runExperiment } from './run-experiment.ts';
import type { ExperimentForm } from './experiment-forms.tsx';

/** One experiment: what it is, its form, and what to watch once it was done. */
export function ExperimentCard({ form }: { readonly form: ExperimentForm }) {
  const [result, setResult] = useState<ExperimentResult | { readonly problem: string }>();
  const [isBusy, setBusy] = useState(false);
  const { name, title, about, fields: Fields, input, button } = form;
  const perform = async (data: FormData): Promise<void> => {
    setBusy(true);
    setResult(await runExperiment(name, input(data)));
    setBusy(false);
  };
  return (
    <form
      class="card experiment"
      aria-label={title}
      data-experiment={name}
      onSubmit={(event) => {
        event.preventDefault();
        void perform(new FormData(event.currentTarget));
      }}
    >
      <h2>{title}</h2>
      <p class="why">{about}</p>
      <div class="fields">
        <Fields />
        <button type="submit" disabled={isBusy}>
          {button}
        </button>
      </div>
      <div class="outcome" aria-live="polite">
        {result === undefined ? null : 'problem' in result ? (
          <p class="bad">{result.problem}</p>
        ) : (
          <Done result={result} />
        )}
      </div>
    </form>
  );
}

function Done({ result: { done, watch, key } }: { readonly result: ExperimentResult }) {
  return (
    <>
      <p>{done}</p>
      <p class="why">
        <strong>Watch:</strong> {watch}
      </p>
      {key === undefined ? null : <a href={addressOf('orders', key)}>Follow {key}</a>}
    </>
  );
}
