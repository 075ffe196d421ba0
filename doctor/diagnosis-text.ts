import type { CheckResult, Diagnosis } from './diagnose.ts';
import { counted } from './verdict.ts';

const NAME_WIDTH = 17;

/** Formats a diagnosis: a line for each check, and below it the findings, why they matter and what to do. */
export function diagnosisText({ checks }: Diagnosis): string {
  return [...checks.map(checkText), verdictLine(checks)].join('\n');
}

function checkText({ name, matters, verdict }: CheckResult): string {
  const head = name.padEnd(NAME_WIDTH);
  if (verdict.kind === 'ok') return `ok       ${head}${verdict.evidence}`;
  if (verdict.kind === 'unknown') return `unknown  ${head}${verdict.reason}`;
  return [
    `FINDING  ${head}${matters}`,
    ...verdict.findings.flatMap(({ group, evidence, todo }) => [
      `           ${group === undefined ? '' : `${group}: `}${evidence}`,
      `           What to do: ${todo}`,
    ]),
  ].join('\n');
}

function verdictLine(checks: readonly CheckResult[]): string {
  const { found, unknown } = tally(checks);
  if (found.length === 0)
    return `No finding in ${counted(checks.length - unknown, 'check')}${unknownText(unknown)}.`;
  return `${counted(found.length, 'check')} of ${checks.length} found something: ${found.join(', ')}${unknownText(unknown)}.`;
}

/** Formats a diagnosis in one line, the last one of `orders status`. */
export function diagnosisLine({ checks }: Diagnosis): string {
  const { found, unknown } = tally(checks);
  const rest = unknownText(unknown);
  return found.length === 0
    ? `no finding in ${counted(checks.length - unknown, 'check')}${rest}`
    : `${found.join(', ')}${rest}; what it is and what to do: orders doctor`;
}

function tally(checks: readonly CheckResult[]): {
  readonly found: readonly string[];
  readonly unknown: number;
} {
  return {
    found: checks.filter(({ verdict }) => verdict.kind === 'finding').map(({ name }) => name),
    unknown: checks.filter(({ verdict }) => verdict.kind === 'unknown').length,
  };
}

function unknownText(unknown: number): string {
  return unknown === 0 ? '' : `; ${counted(unknown, 'check')} could not look`;
}
