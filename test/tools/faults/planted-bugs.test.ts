import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectDirectory } from '../../../cli/project-folders.ts';
import { applyPatch } from '../../../tools/faults/planted/planted-bug.ts';
import { PLANTED_BUGS } from '../../../tools/faults/planted/planted-bugs.ts';

const patches = PLANTED_BUGS.flatMap(({ name, patch }) => (patch === undefined ? [] : [{ name, patch }]));

test.each(patches)('the place of $name is in the source, once', ({ patch }) => {
  const source = readFileSync(join(projectDirectory, patch.file), 'utf8');

  const planted = applyPatch(source, patch);

  expect(planted).not.toBe(source);
});

test('a place that exists twice is rejected', () => {
  const patch = { file: 'functions/x.ts', text: 'a', becomes: 'b' };

  expect(() => applyPatch('a a', patch)).toThrow(
    'functions/x.ts contains the place of a planted bug 2 times instead of once; adapt the planted bug: a',
  );
});

test('there are ten planted bugs at least, each with a name of its own', () => {
  const names = new Set(PLANTED_BUGS.map(({ name }) => name));

  expect([names.size >= 10, names.size]).toEqual([true, PLANTED_BUGS.length]);
});
