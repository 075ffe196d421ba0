import type { Acknowledgement } from './acknowledgements.ts';
import { objections } from './judge.ts';
import type { Verdict } from './judge.ts';

export interface Report {
  readonly verdicts: readonly Verdict[];
  /** Rule and reason, each pair once. */
  readonly acknowledged: readonly Pick<Acknowledgement, 'rule' | 'reason'>[];
  readonly simulatedCalls: readonly {
    readonly role: string;
    readonly needed: number;
    readonly forbidden: number;
  }[];
  /** The checks that do not run here, and the place where they do. */
  readonly notRun: readonly string[];
}

/** Builds the report as Markdown. */
export function markdown({ verdicts, acknowledged, simulatedCalls, notRun }: Report): string {
  return [
    '# What the judges say',
    '',
    '| Judge | Findings | Planted faults caught |',
    '| --- | --- | --- |',
    ...verdicts.map((verdict) => `| ${verdict.judge} | ${verdict.findings.length} | ${caughtOf(verdict)} |`),
    '',
    '## Planted faults',
    '',
    '| Judge | Fault | Rule | Caught |',
    '| --- | --- | --- | --- |',
    ...verdicts.flatMap(({ judge, canaries }) =>
      canaries.map(
        ({ fault, rule, caught }) => `| ${judge} | ${fault} | ${rule} | ${caught ? 'yes' : 'NO'} |`,
      ),
    ),
    '',
    `## Acknowledged: ${acknowledged.length} pairs of rule and reason`,
    '',
    '| Rule | Reason |',
    '| --- | --- |',
    ...acknowledged.map(({ rule, reason }) => `| ${rule} | ${reason} |`),
    '',
    '## Simulated calls of each role',
    '',
    '| Role | Needed | Forbidden |',
    '| --- | --- | --- |',
    ...simulatedCalls.map(({ role, needed, forbidden }) => `| ${role} | ${needed} | ${forbidden} |`),
    '',
    ...section('Findings', verdicts.flatMap(lines)),
    ...section('Not run', notRun),
  ].join('\n');
}

/** Lists the problems to fix, one paragraph each; empty when there are none. */
export function lines(verdict: Verdict): readonly string[] {
  return objections(verdict).map(
    ({ rule, where, problem, fix }) => `${verdict.judge}: ${rule} at ${where}\n  ${problem}\n  ${fix}`,
  );
}

/** Builds one line for each judge. */
export function summary(verdict: Verdict): string {
  const sign = objections(verdict).length === 0 ? 'ok  ' : 'FAIL';
  return `${sign} ${verdict.judge}: ${verdict.findings.length} findings, ${caughtOf(verdict)} planted faults caught`;
}

function caughtOf({ canaries }: Verdict): string {
  return `${canaries.filter(({ caught }) => caught).length} of ${canaries.length}`;
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, '', ...items.map((item) => `- ${item}`), ''];
}
