import { expect, test } from '@jest/globals';
import { totalsLine } from './totals-reporter.ts';

test('counts a suite that could not run as a failure', () => {
  const totals = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 0,
    numRuntimeErrorTestSuites: 1,
  };

  const line = totalsLine(totals);

  expect(line).toBe('3 passed, 2 failed');
});
