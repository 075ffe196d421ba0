import { ALL_CHECKS } from './all-checks.ts';
import type { Check } from './check.ts';
import type { Facts } from './facts.ts';
import type { Verdict } from './verdict.ts';

/** The results of all checks; plain JSON. */
export interface Diagnosis {
  /** True when no check has a finding. A check without data is not a finding. */
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

/** Runs every check on the facts. Pure, so that a command and a scheduled function give the same result. */
export function diagnose(facts: Facts, checks: readonly Check[] = ALL_CHECKS): Diagnosis {
  const results = checks.map(({ name, matters, look }) => ({ name, matters, verdict: look(facts) }));
  return {
    ok: results.every(({ verdict }) => verdict.kind !== 'finding'),
    takenAt: facts.takenAt,
    checks: results,
  };
}
