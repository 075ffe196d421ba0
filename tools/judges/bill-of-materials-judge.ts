import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { isRecord, listAt, textAt } from '../../lib/guards/json-access.ts';
import type { Finding, Judge } from './judge.ts';
import { readLockfile } from './lockfile.ts';
import type { LockedPackage } from './lockfile.ts';

/**
 * Judges by `npm sbom` that every shipped package is in the bill of materials with its licence and its hash.
 *
 * @param bill - where the bill is written, in CycloneDX's JSON
 */
export function billOfMaterialsJudge(repository: string, bill: string): Judge {
  const made = makeBill(repository, bill);
  // The rejection reaches whoever awaits it; without this handler it would be unhandled until then.
  made.catch(() => undefined);
  const spoiled = (spoil: (component: unknown) => readonly unknown[]) => async () => {
    const { components, shipped } = await made;
    return judgeBill(components.flatMap(spoil), shipped);
  };
  return {
    name: 'bill of materials',
    examine: spoiled((component) => [component]),
    canaries: [
      {
        fault: 'a package that the bill does not name',
        rule: 'not-in-bill',
        examine: spoiled((component) => (isZod(component) ? [] : [component])),
      },
      {
        fault: 'a package without licence',
        rule: 'no-licence',
        examine: spoiled((component) => [isZod(component) ? without(component, 'licenses') : component]),
      },
      {
        fault: 'a package without hash',
        rule: 'no-hash',
        examine: spoiled((component) => [isZod(component) ? without(component, 'hashes') : component]),
      },
    ],
  };
}

const isZod = (component: unknown): boolean => textAt(component, 'name') === 'zod';

async function makeBill(
  repository: string,
  bill: string,
): Promise<{ components: readonly unknown[]; shipped: readonly LockedPackage[] }> {
  const { stdout } = await execa(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
    { cwd: repository },
  );
  await writeFile(bill, stdout);
  const shipped = (await readLockfile(repository)).filter(({ development }) => !development);
  return { components: listAt(JSON.parse(stdout), 'components'), shipped };
}

function judgeBill(components: readonly unknown[], shipped: readonly LockedPackage[]): readonly Finding[] {
  const byName = new Map(
    components.map((component) => [
      `${textAt(component, 'name')}@${textAt(component, 'version')}`,
      component,
    ]),
  );
  const carried = new Set(shipped.filter(({ bundled }) => bundled).map(nameAndVersion));
  return shipped.flatMap((each) => {
    // The bill lists two copies once, and may choose the one inside another package's archive, which has no hash of
    // its own.
    const bundled = each.bundled || (each.integrity !== undefined && carried.has(nameAndVersion(each)));
    return judgeEntry({ ...each, bundled }, byName.get(nameAndVersion(each)));
  });
}

const nameAndVersion = ({ name, version }: LockedPackage): string => `${name}@${version}`;

function judgeEntry({ name, version, bundled }: LockedPackage, component: unknown): readonly Finding[] {
  const finding = (rule: string, problem: string, fix: string): Finding => ({
    rule,
    where: `${name}@${version}`,
    problem,
    fix,
  });
  if (component === undefined)
    return [
      finding('not-in-bill', 'It ships, but the bill does not name it', 'Run npm install and try again.'),
    ];
  return [
    ...(listAt(component, 'licenses').length === 0
      ? [finding('no-licence', 'The bill knows no licence of it', 'Ask its author, or replace the package.')]
      : []),
    ...(listAt(component, 'hashes').length === 0 && !bundled
      ? [
          finding(
            'no-hash',
            'The bill has no hash of it',
            'Delete its lock entry and let npm install write it again.',
          ),
        ]
      : []),
  ];
}

function without(component: unknown, key: string): unknown {
  return isRecord(component)
    ? Object.fromEntries(Object.entries(component).filter(([name]) => name !== key))
    : component;
}
