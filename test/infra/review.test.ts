import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

const reviewCommand = (...options: readonly string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/review.ts', ...options], {
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
};

test('the pages under docs/ show what the templates are, and there is nothing to send back', () => {
  expect(reviewCommand('--check')).toEqual({
    status: 0,
    output: 'Current: docs/review-dev.md, docs/review-prod.md, docs/cost.md\n',
  });
}, 60_000);

test.each([
  { options: ['--stage', 'staging'], says: 'Unknown stage "staging"' },
  {
    options: ['--against', 'no-such-commit'],
    says: 'git has no test/infra/__snapshots__/snapshots.test.ts.snap',
  },
  { options: ['--context', 'emailFrom'], says: 'It must be key=value' },
  { options: ['--write', '--stage', 'dev'], says: 'cannot be used with option' },
])(
  'the review refuses $options and says why',
  ({ options, says }) => {
    const { status, output } = reviewCommand(...options);

    expect({ status, says: output.includes(says) ? says : output }).toEqual({ status: 1, says });
  },
  60_000,
);
