import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lastErrorIn } from '../../../../local/environment/app/last-error.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'last-error-'));
});

afterEach(() => rm(directory, { recursive: true }));

test.each([
  { story: 'the last line of several', log: 'ERROR one\nWARNING two\nINFO three\n', error: 'WARNING two' },
  {
    story: 'a line of a traceback',
    log: 'Traceback\n  File "x"\nModuleNotFoundError: No module named \'x\'\nINFO y',
    error: "ModuleNotFoundError: No module named 'x'",
  },
  { story: 'nothing where all is well', log: 'INFO one\n', error: undefined },
  { story: 'the end of a long log', log: `ERROR old\n${'INFO x\n'.repeat(20_000)}`, error: undefined },
])('the last error of a log is $story', async ({ log, error }) => {
  await writeFile(join(directory, 'endpoint.log'), log);

  expect(await lastErrorIn(join(directory, 'endpoint.log'))).toBe(error);
});

test('a missing log has no error', async () => {
  expect(await lastErrorIn(join(directory, 'missing.log'))).toBeUndefined();
});
