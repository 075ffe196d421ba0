import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const TESTS = join(import.meta.dirname, '../../test');

/** Finds the files whose tests name each row, by row id; sorted paths from the project's folder. */
export function filesOfRows(): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const file of testFiles()) {
    for (const id of namedRows(readFileSync(file, 'utf8'))) {
      files.set(id, [...(files.get(id) ?? []), relative(join(TESTS, '..'), file)]);
    }
  }
  return files;
}

/** The row ids in a text, each once. */
export function namedRows(text: string): readonly string[] {
  return [...new Set(text.match(/\bESM-\d{3}\b/g) ?? [])];
}

function testFiles(): string[] {
  return readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .toSorted()
    .map((path) => join(TESTS, path));
}
