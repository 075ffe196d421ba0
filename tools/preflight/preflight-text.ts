import type { Verdict } from './verdict.ts';

const KIND_WIDTH = 'unknown'.length;

/** A line for each verdict. */
export function preflightText(verdicts: readonly Verdict[]): string {
  const width = Math.max(...verdicts.map(({ subject }) => subject.length));
  return verdicts
    .map(({ kind, subject, text }) => `${kind.padEnd(KIND_WIDTH)}  ${subject.padEnd(width)}  ${text}`)
    .join('\n');
}
