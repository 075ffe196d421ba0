/** A finding of a judge. */
export interface Finding {
  readonly rule: string;
  readonly where: string;
  readonly problem: string;
  /** The remedy. */
  readonly fix: string;
}

/** One tool that checks the product, and the planted faults that prove that it works. */
export interface Judge {
  readonly name: string;
  /** Its findings about the product; empty if there are none. */
  readonly examine: Examination;
  readonly canaries: readonly Canary[];
}

export type Examination = () => Promise<readonly Finding[]>;

/** A planted fault that a judge must find. */
export interface Canary {
  readonly fault: string;
  /** The rule that catches it. */
  readonly rule: string;
  readonly examine: Examination;
}

export interface Verdict {
  readonly judge: string;
  readonly findings: readonly Finding[];
  readonly canaries: readonly { readonly fault: string; readonly rule: string; readonly caught: boolean }[];
}

/** Runs a judge on the product and all its canaries. A failed judge is a finding too, because it checked nothing. */
export async function hear({ name, examine, canaries }: Judge): Promise<Verdict> {
  const [findings, ...answers] = await Promise.all([
    findingsOf(examine),
    ...canaries.map((canary) => findingsOf(canary.examine)),
  ]);
  return {
    judge: name,
    findings,
    canaries: canaries.map(({ fault, rule }, index) => ({
      fault,
      rule,
      caught: (answers[index] ?? []).some((finding) => finding.rule === rule),
    })),
  };
}

/** Lists everything that makes a verdict fail: the findings, and each canary that was not found. */
export function objections({ judge, findings, canaries }: Verdict): readonly Finding[] {
  const missed = canaries
    .filter(({ caught }) => !caught)
    .map(({ fault, rule }) => ({
      rule: 'canary-not-caught',
      where: judge,
      problem: `The planted fault "${fault}" was not found by ${rule}, so the silence of this judge means nothing`,
      fix: 'Check that the judge still runs and still has that rule. Fix the judge, or plant a fault that it knows.',
    }));
  const untested = {
    rule: 'no-canary',
    where: judge,
    problem: 'No planted fault shows that this judge can find anything',
    fix: 'Give it a canary.',
  };
  return [...findings, ...missed, ...(canaries.length === 0 ? [untested] : [])];
}

async function findingsOf(examine: Examination): Promise<readonly Finding[]> {
  try {
    return await examine();
  } catch (error) {
    return [
      {
        rule: 'judge-failed',
        where: 'the judge itself',
        problem: error instanceof Error ? error.message : String(error),
        fix: 'Fix the error of the judge; until then its result is unknown.',
      },
    ];
  }
}
