import { matchesGlob } from 'node:path';
import { expect, test } from '@jest/globals';
import config from '../../jest.config.ts';
import { projectFiles } from './project-files.ts';

const projects = config.projects as unknown as readonly { readonly testMatch: readonly string[] }[];

/** The patterns of each Jest project, from the root of the repository. */
const patternsOfProjects = projects.map(({ testMatch }) =>
  testMatch.map((pattern) => pattern.replace('<rootDir>/', '')),
);

function projectsOf(path: string): number {
  return patternsOfProjects.filter((patterns) => patterns.some((pattern) => matchesGlob(path, pattern)))
    .length;
}

test('every test file belongs to exactly one Jest project', () => {
  const testFiles = projectFiles().filter((path) => /\.test\.[cm]?[jt]sx?$/.test(path));

  expect(testFiles.filter((path) => projectsOf(path) !== 1)).toStrictEqual([]);
  expect(testFiles).toContain('test/architecture/test-projects.test.ts');
});
