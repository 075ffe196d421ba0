import { createHash } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import { emptyOwnFolder, removeOwnFolder } from '../../helpers/own-folder.ts';
import type { FunctionConfiguration } from '../../lambda/function-configuration.ts';
import { unpackLayer } from './unpack-layer.ts';

/** A function whose code is in a runnable place. */
export type StagedFunction = DeployedFunction & FunctionConfiguration;

/** Functions whose code is outside of any project, with a function that deletes the copies. */
export interface StagedCode {
  readonly functions: readonly StagedFunction[];
  remove(): Promise<void>;
}

/** The folder to which the code of a run is copied. */
export const stagedCodeDirectory = (run: string): string =>
  join(tmpdir(), `msk-local-${createHash('sha256').update(run).digest('hex').slice(0, 16)}`);

/**
 * Copies the functions' code and their layers out of the project. In the cloud assembly, the package.json of a parent
 * folder would decide how Node.js reads the files; on Lambda there is no parent folder. Later layers are unpacked
 * over earlier ones, as under `/opt`.
 *
 * @param run - the run's folder; an existing copy of the same run is replaced.
 */
export async function stageCode(functions: readonly DeployedFunction[], run: string): Promise<StagedCode> {
  const directory = stagedCodeDirectory(run);
  await emptyOwnFolder(directory);
  const staged = await Promise.all(functions.map((deployed) => stageFunction(deployed, directory)));
  return { functions: staged, remove: () => removeOwnFolder(directory) };
}

async function stageFunction(deployed: DeployedFunction, directory: string): Promise<StagedFunction> {
  const { functionName, layers = [] } = deployed;
  const codeDirectory = join(directory, 'code', basename(functionName));
  await cp(deployed.codeDirectory, codeDirectory, { recursive: true });
  const staged = { ...deployed, codeDirectory, confined: true };
  if (layers.length === 0) return staged;
  const layersDirectory = join(directory, 'opt', basename(functionName));
  for (const layer of layers) await unpackLayer(layer, layersDirectory);
  return { ...staged, layersDirectory };
}
