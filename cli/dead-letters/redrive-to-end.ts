import {
  redriveLetters,
  type RedriveAnswer,
  type RedriveRequest,
} from '../../functions/redrive/operations/redrive.ts';
import type { Target } from '../connection/target.ts';
import { runOperation, type Tell } from '../operations/run-operation.ts';

/**
 * Redrives until there is nothing more to do. A call of the function ends before its timeout and says how far it came; then it
 * is called again.
 */
export async function redriveToEnd(
  target: Target,
  request: RedriveRequest,
  tell: Tell,
): Promise<RedriveAnswer> {
  const reasons: Record<string, number> = {};
  const told: RedriveAnswer['told'] = [];
  let goOn = request.goOn;
  for (;;) {
    const asked = goOn === undefined ? request : { ...request, goOn };
    const answer = await runOperation(target, redriveLetters, asked, tell);
    for (const [reason, count] of Object.entries(answer.reasons))
      reasons[reason] = (reasons[reason] ?? 0) + count;
    told.push(...answer.told);
    if (answer.end !== 'more') return { ...answer, reasons, told };
    const { applied, leftOut, failed } = answer.counts;
    tell(`${applied} applied, ${leftOut} left out, ${failed} failed so far`);
    ({ goOn } = answer);
  }
}
