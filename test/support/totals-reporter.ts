/** The part of Jest's aggregated result that the totals need. */
export interface Totals {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** `N passed, N failed`; a suite that could not even run counts as a failure. */
export function totalsLine(totals: Totals): string {
  const failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites;
  const skipped = totals.numPendingTests > 0 ? `, ${totals.numPendingTests} skipped` : '';
  return `${totals.numPassedTests} passed, ${failed} failed${skipped}`;
}

/** Prints the totals as the very last line, for CI systems; Jest puts its own summary behind every other reporter. */
export default class TotalsReporter {
  onRunComplete(_contexts: unknown, results: Totals): void {
    process.once('exit', () => process.stderr.write(`${totalsLine(results)}\n`));
  }
}
