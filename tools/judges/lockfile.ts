import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at, isRecord, textAt } from '../../lib/guards/json-access.ts';

export interface LockedPackage {
  /** `node_modules/…`, as the lock file has it. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly integrity: string | undefined;
  /** True for a development dependency, which nothing that ships uses. */
  readonly development: boolean;
  /** True for a package inside another package's archive, whose hash covers it. */
  readonly bundled: boolean;
}

/** Lists the packages in a folder's package-lock.json, without the repository's own workspaces. */
export async function readLockfile(directory: string): Promise<readonly LockedPackage[]> {
  const lock: unknown = JSON.parse(await readFile(join(directory, 'package-lock.json'), 'utf8'));
  const packages = at(lock, 'packages');
  return Object.entries(isRecord(packages) ? packages : {})
    .filter(([path, entry]) => path.includes('node_modules/') && !isOwnWorkspace(entry, packages))
    .map(([path, entry]) => ({
      path,
      name: textAt(entry, 'name') ?? path.replace(/^.*node_modules\//, ''),
      version: textAt(entry, 'version') ?? '',
      integrity: textAt(entry, 'integrity'),
      development: at(entry, 'dev') === true,
      bundled: at(entry, 'inBundle') === true,
    }));
}

/** A link to a folder of this repository that the lock file lists itself. */
function isOwnWorkspace(entry: unknown, packages: unknown): boolean {
  const folder = textAt(entry, 'resolved') ?? '';
  return at(entry, 'link') === true && !folder.includes('node_modules/') && isRecord(at(packages, folder));
}
