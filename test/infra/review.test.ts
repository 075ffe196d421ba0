import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

const reviewCommand = (...options: readonly string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/review.ts', ...options], {
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
};

test('the reviewed templates and the pages show what is synthesized, and there is nothing to send back', () => {
  const { status, output } = reviewCommand('--check');

  expect({ status, output: output.trim().split(/[\s,]+/) }).toEqual({
    status: 0,
    output: [
      'Current:',
      'review/templates/order-events-dev-streaming.json',
      'review/templates/order-events-dev-operations.json',
      'review/templates/order-events-dev-consumers.json',
      'review/templates/order-events-prod-streaming.json',
      'review/templates/order-events-prod-operations.json',
      'review/templates/order-events-prod-consumers.json',
      'docs/review-dev.md',
      'docs/review-prod.md',
      'docs/cost.md',
    ],
  });
}, 180_000);

test.each([
  { options: ['--stage', 'staging'], says: 'Unknown stage "staging"' },
  {
    options: ['--against', 'no-such-commit'],
    says: 'git has no review/templates at',
  },
  { options: ['--context', 'emailFrom'], says: 'It must be key=value' },
  { options: ['--write', '--stage', 'dev'], says: 'cannot be used with option' },
])(
  'the review refuses $options and says why',
  ({ options, says }) => {
    const { status, output } = reviewCommand(...options);

    expect({ status, says: output.includes(says) ? says : output }).toEqual({ status: 1, says });
  },
  180_000,
);
