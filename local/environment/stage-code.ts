import { createHash } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DeployedFunction } from '../deployment/deployed-app.ts';

/** The functions with their code where nothing of this project is above it, and how to delete it again. */
export interface StagedCode {
  readonly functions: readonly DeployedFunction[];
  remove(): Promise<void>;
}

/**
 * Copies the functions' code out of the project. In the cloud assembly a bundle stands below this project's
 * package.json and node_modules, which would decide how its files are read and lend it packages it does not bring;
 * on Lambda, nothing is above it.
 *
 * @param run - the run's folder; the copy of the same run is replaced.
 */
export async function stageCode(functions: readonly DeployedFunction[], run: string): Promise<StagedCode> {
  const directory = join(
    tmpdir(),
    `order-events-${createHash('sha256').update(run).digest('hex').slice(0, 16)}`,
  );
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  await remove();
  const staged = await Promise.all(
    functions.map(async (deployed) => {
      const codeDirectory = join(directory, basename(deployed.functionName));
      await cp(deployed.codeDirectory, codeDirectory, { recursive: true });
      return { ...deployed, codeDirectory };
    }),
  );
  return { functions: staged, remove };
}
