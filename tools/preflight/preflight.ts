import { NotKnown } from './call.ts';
import { questionsAbout, type Asking, type Question } from './questions.ts';
import type { Verdict } from './verdict.ts';

/** Asks AWS all that a deployment of the stage depends on, at once, and judges the answers. It changes nothing. */
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
