/** One thing that a check found. */
export interface Finding {
  /** The consumer group that it is about. */
  readonly group?: string;
  /** What was seen, in a sentence with its figures. */
  readonly evidence: string;
  /** What to do about this one. */
  readonly todo: string;
}

/** The result of a check. Data that could not be read gives `unknown`, with the reason. */
export type Verdict =
  | { readonly kind: 'ok'; readonly evidence: string }
  | { readonly kind: 'finding'; readonly findings: readonly Finding[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Returns the findings, or the evidence that there are none. */
export function verdictOf(findings: readonly Finding[], evidence: string): Verdict {
  return findings.length > 0 ? { kind: 'finding', findings } : { kind: 'ok', evidence };
}

/** `1 member`, `2 members`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
