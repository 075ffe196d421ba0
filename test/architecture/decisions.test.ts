import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { localLinks } from './markdown.ts';
import { projectFiles, textOf } from './project-files.ts';

const pages = projectFiles()
  .filter((path) => /^docs\/adr\/\d{4}-[a-z0-9-]+\.md$/.test(path))
  .toSorted();

test('the decisions are numbered without a gap', () => {
  const numbers = pages.map((path) => Number(basename(path).slice(0, 4)));

  expect(numbers).toStrictEqual(Array.from(pages, (_, index) => index + 1));
  expect(numbers.length).toBeGreaterThan(0);
});

test.each(pages)('%s has its number, context, decision and consequences', (path) => {
  const headings = textOf(path).match(/^#+ .*$/gm);

  expect(headings).toStrictEqual([
    expect.stringMatching(new RegExp(`^# ${Number(basename(path).slice(0, 4))}\\. \\S`)),
    '## Context',
    '## Decision',
    '## Consequences',
  ]);
});

test('the list of decisions has every page, in order', () => {
  expect(localLinks(textOf('docs/adr/README.md'))).toStrictEqual(pages.map((path) => basename(path)));
});
