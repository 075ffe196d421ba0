import { findings } from './store.ts';
import { addressOf } from './route.ts';
import { plural } from './text.ts';

/** What the doctor has found, above every pane; nothing while all is well. */
export function Findings() {
  const found = findings.value;
  if (found.length === 0) return null;
  return (
    <details class="findings">
      <summary>
        The doctor has {plural(found.length, 'finding')}:{' '}
        {[...new Set(found.map(({ check }) => check))].join(', ')}
      </summary>
      <ul>
        {found.map(({ check, matters, group, evidence, todo }) => (
          <li key={`${check}/${group ?? ''}/${evidence}`} data-finding={check}>
            <strong>{check}</strong>{' '}
            {group === undefined ? null : <a href={addressOf('groups', group)}>{group}</a>} {evidence}
            <p class="why">{matters}</p>
            <p>What to do: {todo}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
