import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { upwards } from '../../helpers/installed-packages.ts';
import type { DeployedFunction } from '../../deployment/discovery/deployed-app.ts';
import { emptyOwnFolder, removeOwnFolder } from '../../helpers/own-folder.ts';

/** The functions with their code where nothing of this project is above it, and how to delete it again. */
export interface StagedCode {
  readonly functions: readonly DeployedFunction[];
  remove(): Promise<void>;
}

export interface StagingOptions {
  /** The run's folder; the copy of the same run is replaced. */
  readonly run: string;
  /** Each package of the AWS SDK is taken from the first of these folders that has it, in itself or above it. */
  readonly sdkFrom: readonly string[];
}

/** What Lambda's Node.js runtimes bring along. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const SDK_SCOPES = ['@aws-sdk', '@smithy'];

/** Where the code of a run is copied to. */
export const stagedCodeDirectory = (run: string): string =>
  join(tmpdir(), `msk-local-${createHash('sha256').update(run).digest('hex').slice(0, 16)}`);

/**
 * Copies the functions' code out of the project. In the cloud assembly a bundle stands below a project's
 * package.json and node_modules, which would decide how its files are read and lend it packages it does not bring;
 * on Lambda, nothing is above it but the AWS SDK.
 */
export async function stageCode(
  functions: readonly DeployedFunction[],
  { run, sdkFrom }: StagingOptions,
): Promise<StagedCode> {
  const directory = stagedCodeDirectory(run);
  await emptyOwnFolder(directory);
  const staged = await Promise.all(
    functions.map(async (deployed) => {
      const codeDirectory = join(directory, basename(deployed.functionName));
      await cp(deployed.codeDirectory, codeDirectory, { recursive: true });
      return { ...deployed, codeDirectory };
    }),
  );
  await linkSdk(join(directory, 'node_modules'), sdkFrom);
  return { functions: staged, remove: () => removeOwnFolder(directory) };
}

/** A linked package still finds its own dependencies where it really is. */
async function linkSdk(modules: string, sdkFrom: readonly string[]): Promise<void> {
  for (const scope of SDK_SCOPES) {
    await mkdir(join(modules, scope), { recursive: true });
    for (const [name, installed] of await packagesOf(scope, sdkFrom)) {
      await symlink(installed, join(modules, scope, name), 'dir');
    }
  }
}

/** The folder of each installed package of a scope by the package's name. */
async function packagesOf(scope: string, sdkFrom: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of sdkFrom.flatMap(upwards)) {
    const installed = join(folder, 'node_modules', scope);
    const names = await readdir(installed).catch(() => []);
    for (const name of names) if (!found.has(name)) found.set(name, join(installed, name));
  }
  return found;
}
