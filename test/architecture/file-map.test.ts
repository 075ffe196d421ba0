import { expect, test } from '@jest/globals';
import { codeSpans } from './markdown.ts';
import { exists, foldersIn, textOf } from './project-files.ts';

/** Whose folders have a line of their own; those of the tests mirror these. */
const MAPPED_IN_DEPTH = ['cli', 'console', 'docs', 'functions', 'lib', 'local'];

function mappedFolders(): readonly string[] {
  const [, map = ''] = /^## File map\n([\s\S]*?)^## /m.exec(textOf('ARCHITECTURE.md')) ?? [];
  return map.split('\n').flatMap((line) => codeSpans(line.split('|')[1] ?? ''));
}

test('the file map has a line for every folder', () => {
  const folders = [
    ...foldersIn('').filter((folder) => !folder.startsWith('.')),
    ...MAPPED_IN_DEPTH.flatMap(foldersIn),
  ];

  expect(folders.filter((folder) => !mappedFolders().includes(folder))).toStrictEqual([]);
});

test('the file map has one line for each folder, and none for a deleted one', () => {
  const folders = mappedFolders();

  expect(
    folders.filter((folder, index) => !exists(folder) || folders.indexOf(folder) !== index),
  ).toStrictEqual([]);
});
