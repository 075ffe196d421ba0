import type { EffectFailure } from './outcome-of-failure.ts';
import { pauseWithin, type Pacing, type TryLimits } from './pacing.ts';
import type { Result } from './result.ts';

/** The limits for repeating a write without an answer. */
export interface RetryBudget extends TryLimits {
  /** With the first one; without it, as many as the deadline allows. */
  readonly maxTries?: number;
}

/**
 * Repeats a write until the store answers or the budget is used up, and gives the last answer. The first try always
 * starts. The write must recognize itself, since a missing answer may hide a success.
 */
export async function retryWithin<T>(
  write: () => Promise<Result<T, EffectFailure>>,
  budget: RetryBudget,
  pacing: Pacing,
): Promise<Result<T, EffectFailure>> {
  const { maxTries = Infinity } = budget;
  let answer = await write();
  for (let tries = 1; tries < maxTries && isWithoutAnswer(answer); tries += 1) {
    if (!(await pauseWithin(budget, pacing, tries))) break;
    answer = await write();
  }
  return answer;
}

function isWithoutAnswer(answer: Result<unknown, EffectFailure>): boolean {
  return !answer.ok && answer.error.code === 'store-unavailable';
}
