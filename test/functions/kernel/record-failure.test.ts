import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FAILURE_CODES, isRetryable, unexpected } from '../../../functions/kernel/record-failure.ts';

const TABLE_ROW = /^ {2}'?[a-z0-9-]+'?: '(?:park|retry)',$/gm;

test('every code of the catalogue is the reason of some failure in the code', () => {
  const sources = globSync('functions/**/*.ts').map((file) =>
    readFileSync(file, 'utf8').replaceAll(TABLE_ROW, ''),
  );

  const idle = FAILURE_CODES.filter((code) => !sources.some((source) => source.includes(`'${code}'`)));

  expect(idle).toEqual([]);
});

test.each([
  ['bad bytes never become good', 'value-not-json', false],
  ['an ambiguous SMS is for a person to judge', 'send-ambiguous', false],
  ['a store comes back', 'store-unavailable', true],
  ['the next invocation has time', 'out-of-time', true],
] as const)('%s', (_story, code, retryable) => {
  expect(isRetryable({ code, message: '' })).toBe(retryable);
});

test('a fault of ours is worth another try', () => {
  const failure = unexpected('it broke', new RangeError('why'));

  expect(failure).toEqual({ code: 'unexpected', message: 'it broke', cause: new RangeError('why') });
  expect(isRetryable(failure)).toBe(true);
});
