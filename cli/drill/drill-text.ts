import { plainTable } from '../terminal/plain-table.ts';
import type { DrillReport } from './drill.ts';

const MOST_SHOWN = 20;

/** A drill for a person: its steps with their times, the audit, and the verdict last. */
export function drillText({ drill, ok, steps, problems }: DrillReport, auditText: string): string {
  const total = steps.reduce((sum, { ms }) => sum + ms, 0);
  const more = problems.length - MOST_SHOWN;
  return [
    plainTable({
      head: ['step', 'took'],
      rows: [...steps.map(({ what, ms }) => [what, seconds(ms)]), ['total', seconds(total)]],
      alignRight: [1],
    }),
    '',
    `Audit: ${auditText}`,
    '',
    ok
      ? `The drill ${drill} passed.`
      : `The drill ${drill} FAILED: ${problems.length} problem${problems.length === 1 ? '' : 's'}.`,
    ...problems.slice(0, MOST_SHOWN).map((problem) => `  ${problem}`),
    ...(more > 0 ? [`  and ${more} more; --json has them`] : []),
  ].join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
