import { expect, test } from '@jest/globals';
import { problemsOfArchive } from '../../../tools/package/archive-problems.ts';

const MEGABYTE = 1024 * 1024;

test('the check of an archive reports missing files, source files and a size above the limit', () => {
  const files = ['package/README.md', 'package/package.json', 'package/local/main.ts', 'package/dist/a.d.ts'];

  const problems = problemsOfArchive(files, 5 * MEGABYTE + 1);

  expect(problems).toEqual([
    'The archive lacks LICENSE.',
    'The archive lacks dist/kafka-tools/index.js.',
    'The archive lacks dist/local/api/index.d.ts.',
    'The archive lacks dist/local/api/index.js.',
    'The archive lacks dist/local/bin/msk-local.js.',
    'The archive lacks dist/local/engines/pom.xml.',
    'The archive lacks dist/local/engines/requirements.txt.',
    'The archive lacks dist/local/environment/processes/environment-process.js.',
    'The archive lacks dist/local/environment/processes/guardian-process.js.',
    'The archive lacks dist/local/event-source-mapping/poller/poller-process.js.',
    'The archive lacks dist/local/lambda/bootstrap/main.js.',
    'The archive holds local/main.ts, a source that no one can run from it.',
    'The archive has 5242881 bytes; at most 5242880 are allowed.',
  ]);
});
