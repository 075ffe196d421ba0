import type { Journal } from '../../functions/redrive/operations/journal.ts';

const MOST_IDS = 5;

/** Formats the journal. */
export function journalText({ consumer, entries }: Journal): string {
  if (entries.length === 0)
    return `Nobody has done anything with the dead letters of ${consumer} in the last 90 days.`;
  return entries
    .map(({ atMs, by, operation, what, runId, outcomes }) =>
      [
        `${new Date(atMs).toISOString()}  ${operation}: ${what}  by ${by}  (run ${runId})`,
        ...Object.entries(outcomes).map(
          ([outcome, ids]) =>
            `  ${String(ids.length).padStart(6)}  ${outcome}: ${ids.slice(0, MOST_IDS).join(' ')}${ids.length > MOST_IDS ? ' ...' : ''}`,
        ),
      ].join('\n'),
    )
    .join('\n');
}
