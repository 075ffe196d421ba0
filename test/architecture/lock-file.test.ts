import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectDirectory } from '../../cli/project-folders.ts';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  /** Set for the packages of this repository itself. */
  readonly link?: true;
}

const packages = packagesOf('package-lock.json');

function packagesOf(lockFile: string): Readonly<Record<string, LockedPackage>> {
  return (
    JSON.parse(readFileSync(join(projectDirectory, lockFile), 'utf8')) as {
      packages: Readonly<Record<string, LockedPackage>>;
    }
  ).packages;
}

/** The folders in which Node looks for what a package asks for: its own, then those around it. */
function lookupFolders(path: string): string[] {
  const parts = path.split('/node_modules/');
  const nested = parts.map((_, index) => parts.slice(0, parts.length - index).join('/node_modules/'));
  return [...(path === '' ? [] : nested.map((folder) => `${folder}/node_modules`)), 'node_modules'];
}

test('the lock file has every optional package, as npm ci refuses a file that has those of one platform only', () => {
  const asked = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );

  const missing = asked.filter(
    ({ path, name }) => !lookupFolders(path).some((folder) => `${folder}/${name}` in packages),
  );

  expect(missing).toEqual([]);
});

test.each(['package-lock.json', 'bench/peers/package-lock.json'])('%s names no registry', (lockFile) => {
  const named = Object.entries(packagesOf(lockFile)).filter(
    ([, { resolved, link }]) => resolved !== undefined && link !== true,
  );

  expect(named).toEqual([]);
});

// Client-service-quotas has no release of that version: it is published when its service changes.
test('the clients of the AWS SDK have one version, but the one that was not released with the others', () => {
  const clients = Object.entries(packages).flatMap(([path, { version }]) =>
    path.includes('@aws-sdk/client-') ? [{ path, version }] : [],
  );
  const common = clients.find(({ path }) => path.endsWith('/client-lambda'))?.version;

  const others = clients.filter(({ version }) => version !== common).map(({ path }) => path);

  expect(others).toEqual(['node_modules/@aws-sdk/client-service-quotas']);
});
