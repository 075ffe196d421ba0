import { expect, test } from '@jest/globals';
import { nodeProblem } from '../../../local/helpers/node-problem.ts';

test('an older Node.js is named, with the one that is needed', () => {
  expect(nodeProblem('20.20.2')).toBe(
    'msk-local needs Node.js 24 or later, but 20.20.2 is running. Install Node.js 24, or put it first on the PATH.',
  );
});

test.each(['24.18.0', '26.1.0'])('Node.js %s will do', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});
