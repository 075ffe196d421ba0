import { Empty, Section } from '../parts.tsx';
import { experiments, mayChange, overview } from '../store.ts';
import { timeOfDay } from '../text.ts';
import { EXPERIMENT_FORMS } from './experiment-forms.tsx';
import { ExperimentCard } from './experiment-card.tsx';
import { runExperiment } from './run-experiment.ts';
import { Matrix } from './matrix.tsx';

/** The buttons that make the page a lesson. */
export function Experiments() {
  if (!mayChange.value) {
    return (
      <Section title="Experiments">
        <Empty>
          This address is read-only. <code>npm run orders -- console</code> opens the page with the buttons:
          more orders, more pollers, a killed one, a slow function, a poisoned record.
        </Empty>
      </Section>
    );
  }
  const now = overview.value;
  return (
    <>
      <Running />
      <div class="experiments">
        {EXPERIMENT_FORMS.map((form) => (
          <ExperimentCard key={form.name} form={form} />
        ))}
      </div>
      {now === undefined ? null : (
        <Section title={`Who reads ${now.topic}`}>
          <Matrix overview={now} />
        </Section>
      )}
    </>
  );
}

function Running() {
  if (experiments.value.length === 0) return null;
  return (
    <Section title="Going on">
      <ul class="effects">
        {experiments.value.map(({ id, what, progress, until, canStop }) => (
          <li key={id}>
            <strong>{what}</strong>: {progress}
            {until === undefined ? '' : `, until ${timeOfDay(until)}`}{' '}
            {canStop === true ? (
              <button type="button" onClick={() => void runExperiment('leave', { id })}>
                Let it leave
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
