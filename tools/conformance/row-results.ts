import * as z from 'zod';
import { namedRows } from './tests-of-rows.ts';

/** The results of the tests that name a row in their titles. */
export interface RowResult {
  readonly passed: number;
  /** Tests that failed or did not run. */
  readonly failed: number;
}

/** The part of Jest's `--json` output with titles and results. */
export const jestOutput = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Collects the results by row id. Tests that a name pattern excluded do not count. */
export function resultsByRow(output: z.infer<typeof jestOutput>): ReadonlyMap<string, RowResult> {
  const results = new Map<string, RowResult>();
  for (const { fullName, status } of output.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    for (const id of namedRows(fullName)) {
      const { passed, failed } = results.get(id) ?? NO_TEST;
      const isPassed = status === 'passed';
      results.set(id, { passed: passed + (isPassed ? 1 : 0), failed: failed + (isPassed ? 0 : 1) });
    }
  }
  return results;
}

/** The result of a row that no test names. */
export const NO_TEST: RowResult = { passed: 0, failed: 0 };

/** Returns whether a row is proved: at least one test names it, and all of those pass. */
export function isShown({ passed, failed }: RowResult): boolean {
  return passed > 0 && failed === 0;
}
