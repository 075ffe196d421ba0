import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { at, isRecord } from '../../lib/guards/json-access.ts';
import type { Finding, Judge } from './judge.ts';
import { readLockfile } from './lockfile.ts';
import { withTemporaryDirectory } from './temporary-directory.ts';

const lockfileRules =
  '--type npm --format plain --validate-https --validate-integrity --allowed-hosts npm'.split(' ');

type LockEntry = Readonly<Record<string, unknown>>;

/**
 * Judges with lockfile-lint that packages come over https from the public registry with a SHA-512. It accepts an
 * entry without an integrity, so this is checked separately.
 */
export function lockfileJudge(repository: string): Judge {
  const planted = (entry: LockEntry) => () =>
    withTemporaryDirectory((directory) => judgeWithPlanted(repository, directory, entry));
  const integrity = `sha512-${'A'.repeat(86)}==`;
  return {
    name: 'lock file',
    examine: () => judgeLockfile(repository),
    canaries: [
      {
        fault: 'a package that is fetched over http',
        rule: 'lockfile-lint',
        examine: planted({
          version: '1.0.0',
          resolved: 'http://packages.example.com/canary-1.0.0.tgz',
          integrity,
        }),
      },
      {
        fault: 'a package from another host',
        rule: 'lockfile-lint',
        examine: planted({ version: '1.0.0', resolved: 'https://example.com/canary-1.0.0.tgz', integrity }),
      },
      { fault: 'a package without a hash', rule: 'no-integrity', examine: planted({ version: '1.0.0' }) },
    ],
  };
}

async function judgeLockfile(directory: string): Promise<readonly Finding[]> {
  return [...(await lintFindings(directory)), ...(await withoutIntegrity(directory))];
}

async function lintFindings(directory: string): Promise<readonly Finding[]> {
  const require = createRequire(import.meta.url);
  const path = join(directory, 'package-lock.json');
  const { exitCode, all } = await execa(
    process.execPath,
    [require.resolve('lockfile-lint/bin/lockfile-lint.js'), '--path', path, ...lockfileRules],
    { all: true, reject: false },
  );
  if (exitCode === 0) return [];
  return [
    {
      rule: 'lockfile-lint',
      where: 'package-lock.json',
      problem: all,
      fix: 'Delete the entry and let npm install write it again from the public registry.',
    },
  ];
}

async function withoutIntegrity(directory: string): Promise<readonly Finding[]> {
  return (await readLockfile(directory))
    .filter(({ integrity, bundled }) => integrity === undefined && !bundled)
    .map(({ path }) => ({
      rule: 'no-integrity',
      where: path,
      problem: 'The lock file has no hash of this package, so npm ci would install whatever it is given',
      fix: 'Delete the entry and let npm install write it again.',
    }));
}

async function judgeWithPlanted(
  repository: string,
  directory: string,
  entry: LockEntry,
): Promise<readonly Finding[]> {
  const lock: unknown = JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8'));
  const packages = at(lock, 'packages');
  if (!isRecord(lock) || !isRecord(packages)) throw new Error('package-lock.json has no packages.');
  const planted = { ...lock, packages: { ...packages, 'node_modules/canary': entry } };
  await writeFile(join(directory, 'package-lock.json'), JSON.stringify(planted));
  return judgeLockfile(directory);
}
