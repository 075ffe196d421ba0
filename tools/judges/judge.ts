/** What a judge objects to. */
export interface Finding {
  readonly rule: string;
  readonly where: string;
  readonly problem: string;
  /** What to do about it. */
  readonly fix: string;
}

/** One tool with an opinion about the product, and the faults that prove it is switched on. */
export interface Judge {
  readonly name: string;
  /** What it has to say about the product: nothing, if all is well. */
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

/** Lets a judge see the product and all its canaries. A judge that fails has found nothing out: that is a finding too. */
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

/** Everything that keeps a verdict from passing: what was found, and each canary that was not. */
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
        fix: 'Mend what keeps the judge from its work; until then nothing is known.',
      },
    ];
  }
}
