import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { init } from 'license-checker-rseidelsohn';
import type { ModuleInfos } from 'license-checker-rseidelsohn';
import type { Finding, Judge } from './judge.ts';
import { withTemporaryDirectory } from './temporary-directory.ts';

/** The licences under which a package may ship with this project; none requires publishing our own source. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** Judges the licences of all shipped packages, from their package.json and licence files. */
export function licenceJudge(repository: string): Judge {
  return {
    name: 'licences',
    examine: () => forbiddenLicences(repository),
    canaries: [
      {
        fault: 'a package under the GPL',
        rule: 'licence-not-allowed',
        examine: () => withTemporaryDirectory(licencesBesideGpl),
      },
    ],
  };
}

async function licencesBesideGpl(directory: string): Promise<readonly Finding[]> {
  const dependency = join(directory, 'node_modules', 'copyleft');
  await mkdir(dependency, { recursive: true });
  await writeFile(
    join(directory, 'package.json'),
    JSON.stringify({ name: 'canary', version: '1.0.0', private: true, dependencies: { copyleft: '1.0.0' } }),
  );
  await writeFile(
    join(dependency, 'package.json'),
    JSON.stringify({ name: 'copyleft', version: '1.0.0', license: 'GPL-3.0-only' }),
  );
  return forbiddenLicences(directory);
}

async function forbiddenLicences(start: string): Promise<readonly Finding[]> {
  const packages = await shippedPackages(start);
  if (Object.keys(packages).length === 0) throw new Error(`No package is installed in ${start}. Run npm ci.`);
  return Object.entries(packages)
    .map(([name, { licenses }]) => ({ name, licence: [licenses ?? 'none'].flat().join(' AND ') }))
    .filter(({ licence }) => !mayShip(licence))
    .map(({ name, licence }) => ({
      rule: 'licence-not-allowed',
      where: name,
      problem: `Its licence is ${licence}; allowed are ${[...allowed].join(', ')}`,
      fix: 'Replace the package, make it a development dependency, or let a lawyer add the licence to the list.',
    }));
}

/** Returns whether a licence expression is allowed: one alternative of an OR must be, and every part of an AND. */
function mayShip(expression: string): boolean {
  return expression
    .replaceAll(/[()*]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => allowed.has(licence.trim())));
}

function shippedPackages(start: string): Promise<ModuleInfos> {
  return new Promise((resolve, reject) => {
    init({ start, production: true, excludePrivatePackages: true }, (error, packages) => {
      if (error instanceof Error) reject(error);
      else resolve(packages);
    });
  });
}
