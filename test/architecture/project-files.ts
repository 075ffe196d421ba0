import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A file's text, by its path from the root of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function exists(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** Folders that git ignores, as in `.gitignore`, each ending in `/`. */
export const ignoredFolders: readonly string[] = textOf('.gitignore')
  .split('\n')
  .filter((line) => line.endsWith('/'));

/**
 * The folders right below a folder, without those that git does not keep: ignored ones, and those without a file.
 * Paths from the root, each ending in `/`.
 */
export function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== '.git')
    .map(({ name }) => `${name}/`)
    .filter((name) => !ignoredFolders.includes(name))
    .map((name) => join(folder, name))
    .filter((path) => filesBelow(path).length > 0);
}

/** Every file of the repository that git does not ignore by its folder; paths from the root. */
export function projectFiles(): readonly string[] {
  const atTop = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  return [...atTop, ...foldersIn('').flatMap(filesBelow)];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((path) => !ignoredFolders.some((ignored) => `/${path}`.includes(`/${ignored}`)));
}
