import type { Facts } from './facts.ts';
import type { Verdict } from './verdict.ts';

/** A check for a common mistake. */
export interface Check {
  /** Such as `intruder`. */
  readonly name: string;
  /** The reason why it matters, in one or two sentences. */
  readonly matters: string;
  /** Pure: the same facts give the same verdict. */
  readonly look: (facts: Facts) => Verdict;
}
