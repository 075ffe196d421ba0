/** Run by npm before it packs msk-local: compiles it into local/dist, with the files that its engines need. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledText } from './compiled-text.ts';

const project = resolve(import.meta.dirname, '../..');
const packageDirectory = join(project, 'local');
const compiled = join(packageDirectory, 'dist');
const COMMAND = 'local/bin/msk-local.js';

/**
 * Compiles the package anew.
 *
 * @returns the folder of the compiled files. It is filled elsewhere and moved into place when complete, so that no
 *   user sees half of it.
 */
export function buildPackage(): string {
  const unfinished = join(project, '.local', `dist-${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  try {
    const settings = join(import.meta.dirname, 'tsconfig.build.json');
    const tsc = join(project, 'node_modules/.bin/tsc');
    execFileSync(tsc, ['--project', settings, '--outDir', unfinished], { stdio: ['ignore', 2, 2] });
    for (const file of globSync('**/*.{js,d.ts}', { cwd: unfinished })) rewrite(unfinished, file);
    for (const file of filesOfEngines()) copy(join(project, file), join(unfinished, file));
    chmodSync(join(unfinished, COMMAND), 0o755);
    rmSync(compiled, { recursive: true, force: true });
    renameSync(unfinished, compiled);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  copyFileSync(join(project, 'LICENSE'), join(packageDirectory, 'LICENSE'));
  return compiled;
}

function rewrite(folder: string, file: string): void {
  const path = join(folder, file);
  writeFileSync(path, compiledText(file, readFileSync(path, 'utf8')));
}

/** Lists the files beside the code that are not code, such as those that pin the engines. */
const filesOfEngines = (): readonly string[] =>
  globSync('local/*/**/*.*', {
    cwd: project,
    exclude: ['**/*.ts', 'local/dist/**', 'local/node_modules/**', 'local/.*/**'],
  });

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildPackage();
