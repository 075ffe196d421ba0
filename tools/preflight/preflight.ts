import { NotKnown } from './call.ts';
import { questionsAbout, type Asking, type Question } from './questions.ts';
import type { Verdict } from './verdict.ts';

/**
 * Reads everything from AWS that a deployment of the stage depends on, in parallel, and checks it. It changes
 * nothing.
 */
export async function preflight(asking: Asking): Promise<readonly Verdict[]> {
  return (await Promise.all(questionsAbout(asking).map(verdictsOn))).flat();
}

async function verdictsOn({ subject, answer }: Question): Promise<readonly Verdict[]> {
  try {
    return (await answer()).map(({ kind, text }) => ({ subject, kind, text }));
  } catch (error) {
    if (error instanceof NotKnown) return [{ subject, kind: 'unknown', text: error.message }];
    throw error;
  }
}
