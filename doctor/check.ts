import type { Facts } from './facts.ts';
import type { Verdict } from './verdict.ts';

/** A mistake that people make, and how to see it. */
export interface Check {
  /** Such as `intruder`. */
  readonly name: string;
  /** Why it matters, in a sentence or two. */
  readonly matters: string;
  /** Pure: the same facts give the same verdict. */
  readonly look: (facts: Facts) => Verdict;
}
