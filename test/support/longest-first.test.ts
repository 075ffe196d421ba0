import { expect, test } from '@jest/globals';
import { byProject, type ProjectTest } from './longest-first.ts';

const testOf = (name: string, id: number): ProjectTest & { readonly id: number } => ({
  id,
  context: { config: { displayName: { name } } },
});

test('projects begin with the one whose files take longest, and files keep their order in a project', () => {
  const tests = [
    testOf('unit', 1),
    testOf('broker', 2),
    testOf('environment', 3),
    testOf('unit', 4),
    testOf('environment', 5),
    testOf('infra', 6),
    testOf('faults', 7),
  ];

  expect(byProject(tests).map(({ id }) => id)).toEqual([3, 5, 7, 2, 6, 1, 4]);
});
