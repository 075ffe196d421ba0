import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ALL_CHECKS } from '../../doctor/all-checks.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import { aStage } from './a-stage.ts';

test('every check finds nothing in a healthy stage', () => {
  const { ok, checks } = diagnose(aStage());

  expect({ ok, kinds: new Set(checks.map(({ verdict }) => verdict.kind)) }).toEqual({
    ok: true,
    kinds: new Set(['ok']),
  });
});

test('each check has a file of cases', async () => {
  const files = await readdir(join(import.meta.dirname, 'checks'));

  const tried = new Set(files.map((file) => file.replace('.test.ts', '')));
  expect(ALL_CHECKS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});
