import { ALL_CHECKS } from './all-checks.ts';
import type { Check } from './check.ts';
import type { Facts } from './facts.ts';
import type { Verdict } from './verdict.ts';

/** What all checks say; plain JSON. */
export interface Diagnosis {
  /** Whether no check has a finding. A check that could not look is no finding. */
  readonly ok: boolean;
  /** Epoch milliseconds. */
  readonly takenAt: number;
  readonly checks: readonly CheckResult[];
}

export interface CheckResult {
  readonly name: string;
  /** Why it matters. */
  readonly matters: string;
  readonly verdict: Verdict;
}

/** Lets every check look at the facts. Pure, so that a command and a scheduled function say the same. */
export function diagnose(facts: Facts, checks: readonly Check[] = ALL_CHECKS): Diagnosis {
  const results = checks.map(({ name, matters, look }) => ({ name, matters, verdict: look(facts) }));
  return {
    ok: results.every(({ verdict }) => verdict.kind !== 'finding'),
    takenAt: facts.takenAt,
    checks: results,
  };
}
