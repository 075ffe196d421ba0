import { plainTable } from '../../cli/terminal/plain-table.ts';
import type { CampaignFinding } from '../../cli/drill/judgement.ts';
import type { ScenarioResult } from './run-scenario.ts';

const MOST_SHOWN = 10;

export function resultTable(results: readonly ScenarioResult[]): string {
  return plainTable({
    head: [
      'scenario',
      'orders',
      'records',
      'faults',
      'recovery',
      'second e-mails',
      'parked SMS',
      'open claims',
      'findings',
    ],
    rows: results.map((result) => [
      result.scenario,
      result.orders,
      result.records,
      result.faults,
      result.recoveryMs === null ? 'not in time' : `${(result.recoveryMs / 1_000).toFixed(1)} s`,
      result.repeatedEmails,
      result.ambiguousSms,
      result.openClaims,
      countsText(result.findings),
    ]),
    alignRight: [1, 2, 3, 4, 5, 6, 7],
  });
}

/** Counts the findings of each kind. */
export function countsText(findings: readonly CampaignFinding[]): string {
  const byKind = Map.groupBy(findings, ({ kind }) => kind);
  return [...byKind].map(([kind, ofKind]) => `${kind} ${ofKind.length}`).join(', ') || 'none';
}

/** Lists the findings of one scenario, and the folder of its logs. */
export function findingLines({ scenario, findings, logs }: ScenarioResult): readonly string[] {
  if (findings.length === 0) return [];
  const more = findings.length - MOST_SHOWN;
  return [
    `${scenario}: ${countsText(findings)}`,
    ...findings.slice(0, MOST_SHOWN).map(({ kind, what }) => `  ${kind}: ${what}`),
    ...(more > 0 ? [`  and ${more} more; --json has them`] : []),
    ...(logs === null ? [] : [`  logs: ${logs}`]),
  ];
}
