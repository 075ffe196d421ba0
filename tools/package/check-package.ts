/**
 * Part of `npm run check`: packs msk-local as npm would publish it, and checks the archive. It must contain exactly
 * what runs; publint and Are The Types Wrong check that others can import it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { problemsOfArchive } from './archive-problems.ts';

const project = resolve(import.meta.dirname, '../..');
const tools = join(project, 'node_modules/.bin');

const folder = mkdtempSync(join(tmpdir(), 'msk-local-archive-'));
try {
  const archive = join(folder, pack(folder));
  const files = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).trim().split('\n');
  const problems = [
    ...problemsOfArchive(files, statSync(archive).size),
    ...problemsOf('publint', ['run', archive, '--strict']),
    ...problemsOf('attw', [archive, '--profile', 'esm-only', '--no-emoji', '--no-color']),
  ];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** @returns the archive's file name. */
function pack(destination: string): string {
  const printed = execFileSync(
    'npm',
    ['pack', '--workspace', 'msk-local', '--silent', '--pack-destination', destination],
    { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] },
  );
  return printed.trim().split('\n').at(-1) ?? '';
}

/** All that a tool writes, when it finds something. */
function problemsOf(tool: string, args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync(join(tools, tool), args, { encoding: 'utf8' });
  return status === 0 ? [] : [`${tool}:\n${stdout}${stderr}`];
}
