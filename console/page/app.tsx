import { alarms, connection, mayChange, overview, queues } from './store.ts';
import { PANES, addressOf, route, type PaneName } from './route.ts';
import { Findings } from './findings.tsx';
import { Alarms } from './panes/alarms.tsx';
import { Experiments } from './panes/experiments.tsx';
import { Failures } from './panes/failures.tsx';
import { FindOrder, Orders } from './panes/orders.tsx';
import { Groups } from './panes/groups.tsx';
import { Invocations } from './panes/invocations.tsx';
import { Lag } from './panes/lag.tsx';
import { Rebalances } from './panes/rebalances.tsx';

export function App() {
  const { pane, id } = route.value;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <div class="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <h1>{overview.value?.topic ?? 'console'}</h1>
          <FindOrder />
          <Status />
        </div>
        <nav aria-label="Panes">
          {PANES.map(({ name, title }) => (
            <a key={name} href={addressOf(name)} aria-current={pane === name ? 'page' : undefined}>
              {title}
              <Count pane={name} />
            </a>
          ))}
        </nav>
      </header>
      <Problem />
      <Findings />
      <main id="main" tabIndex={-1}>
        {pane === 'groups' ? <Groups id={id} /> : null}
        {pane === 'rebalances' ? <Rebalances /> : null}
        {pane === 'lag' ? <Lag /> : null}
        {pane === 'orders' ? <Orders id={id} /> : null}
        {pane === 'failures' ? <Failures id={id} /> : null}
        {pane === 'alarms' ? <Alarms id={id} /> : null}
        {pane === 'experiments' ? <Experiments /> : null}
        {pane === 'invocations' ? <Invocations /> : null}
      </main>
    </>
  );
}

/** How much there is that somebody should look at. */
function Count({ pane }: { readonly pane: PaneName }) {
  const count =
    pane === 'failures'
      ? queues.value.reduce((sum, { depth = 0 }) => sum + depth, 0)
      : pane === 'alarms'
        ? alarms.value.alarms.filter(({ state }) => state === 'ALARM').length
        : 0;
  return count === 0 ? null : <span class="count">{count}</span>;
}

const CONNECTIONS = { connecting: 'connecting', live: 'live', lost: 'not connected' } as const;

function Status() {
  return (
    <p class="status">
      <span class={`dot dot-${connection.value}`} /> {CONNECTIONS[connection.value]}
      <span class="mode">{mayChange.value ? 'experiments allowed' : 'read-only'}</span>
    </p>
  );
}

/** What stands between the page and the truth. */
function Problem() {
  const problem = overview.value?.problem;
  if (connection.value === 'lost') {
    return (
      <p class="problem" role="alert">
        The console's server does not answer. What is shown is old. Is npm start still running?
      </p>
    );
  }
  if (problem === undefined) return null;
  return (
    <p class="problem" role="alert">
      The broker does not answer: {problem} What is shown is of an earlier sample.
    </p>
  );
}
